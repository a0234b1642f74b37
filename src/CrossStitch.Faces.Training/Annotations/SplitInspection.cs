namespace CrossStitch.Faces.Training.Annotations;

/// <summary>What is in a split, and what is wrong with it.</summary>
/// <param name="Split">The split.</param>
/// <param name="Valid">Faces that can be used; all that follows but the problems and warnings is about them.</param>
/// <param name="Problems">The faces that cannot, and why, in the order of the file.</param>
/// <param name="Warnings">What labels and boxes show that no dataset of faces has, and faces that are listed twice or in both splits; a sentence each, see <see cref="LabelWarnings"/> and <see cref="Crops.RepeatedFaces"/>.</param>
/// <param name="Attributes">How each attribute is spread.</param>
/// <param name="Landmarks">Where the landmarks lie; empty if no face is valid.</param>
/// <param name="InterOcularDistance">Pixels between the eyes; null if no face is valid.</param>
/// <param name="ImageSizes">The sizes of the pictures, the most frequent first.</param>
public sealed record SplitInspection(
    MtflSplit Split,
    int Valid,
    IReadOnlyList<FaceProblem> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<AttributeCounts> Attributes,
    IReadOnlyList<LandmarkStatistics> Landmarks,
    Quantiles? InterOcularDistance,
    IReadOnlyList<ImageSizeCount> ImageSizes);
