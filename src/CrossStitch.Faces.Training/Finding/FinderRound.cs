namespace CrossStitch.Faces.Training.Finding;

/// <summary>What a round of training came to.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Faces">Examples with a face.</param>
/// <param name="Backgrounds">Examples without, mined ones included.</param>
/// <param name="Mined">How many backgrounds earlier searches had added.</param>
/// <param name="Guarded">What the last search took for a face so surely that it may be one that nobody annotated: left out.</param>
/// <param name="Validation">How well it finds on the photos set aside.</param>
public sealed record FinderRound(int Round, int Faces, int Backgrounds, int Mined, int Guarded, FinderMeasure Validation);
