namespace CrossStitch.Experiments.Data;

/// <summary>How far the loading of examples has come.</summary>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct LoadProgress(int Done, int Total);
