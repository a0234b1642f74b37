namespace CrossStitch.Faces.Training.Finding;

/// <summary>How far the training of a finder has come.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Rounds">How many rounds there are.</param>
/// <param name="Doing">What is being done, in a word or two.</param>
/// <param name="Done">How much of it.</param>
/// <param name="Total">Of how much.</param>
public sealed record FinderProgress(int Round, int Rounds, string Doing, long Done, long Total);
