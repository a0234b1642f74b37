namespace CrossStitch.Experiments.Data;

/// <summary>How far the loading of examples has come.</summary>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are.</param>
/// <param name="What">What is being done, such as "Finding faces", where it is a step of its own; null for the loading itself.</param>
public readonly record struct LoadProgress(int Done, int Total, string? What = null);
