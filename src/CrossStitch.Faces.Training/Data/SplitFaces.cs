using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Data;

/// <summary>The faces of one split of an archive, to measure a network on.</summary>
/// <param name="Faces">The faces.</param>
/// <param name="Notes">What a user should know of how they were read, a sentence each.</param>
/// <param name="Warnings">What makes results on them doubtful, a sentence each.</param>
public sealed record SplitFaces(FaceCropSet Faces, IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
