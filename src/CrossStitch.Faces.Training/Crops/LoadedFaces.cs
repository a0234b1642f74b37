using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>The cropped faces of a split, and how it went.</summary>
/// <param name="Faces">The faces, in the order of the annotation file.</param>
/// <param name="Boxes">Where their boxes came from.</param>
/// <param name="Problems">The faces that were left out, and why; empty unless invalid ones were to be skipped.</param>
/// <param name="FromCache">Whether they came from the cache instead of the pictures.</param>
public sealed record LoadedFaces(FaceCropSet Faces, BoxCounts Boxes, IReadOnlyList<FaceProblem> Problems, bool FromCache);
