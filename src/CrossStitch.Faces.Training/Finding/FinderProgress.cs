namespace CrossStitch.Faces.Training.Finding;

/// <summary>How far the training of a finder has come.</summary>
/// <param name="Doing">What is being done: which network, which round, and what.</param>
/// <param name="Done">How much of it.</param>
/// <param name="Total">Of how much.</param>
public sealed record FinderProgress(string Doing, long Done, long Total);
