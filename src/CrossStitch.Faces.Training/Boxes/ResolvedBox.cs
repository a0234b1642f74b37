namespace CrossStitch.Faces.Training.Boxes;

/// <summary>The box that a face was given.</summary>
/// <param name="Box">The box, with its source.</param>
/// <param name="Mismatched">
/// Whether a detector had boxes for the picture but none around this face's landmarks, so that the box is the
/// reference one instead.
/// </param>
public readonly record struct ResolvedBox(FaceBox Box, bool Mismatched);
