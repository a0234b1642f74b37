namespace CrossStitch.Faces.Training.Annotations;

/// <summary>What an annotation file says.</summary>
/// <param name="Faces">The faces, in the order of the file.</param>
/// <param name="Problems">The lines that were left out, and why; empty unless invalid faces were to be skipped.</param>
public sealed record MtflReading(IReadOnlyList<AnnotatedFace> Faces, IReadOnlyList<FaceProblem> Problems);
