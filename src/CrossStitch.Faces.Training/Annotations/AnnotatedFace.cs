namespace CrossStitch.Faces.Training.Annotations;

/// <summary>A face as annotated: where its picture is and what is known of it.</summary>
/// <param name="ImagePath">Path of the picture inside the archive, with forward slashes.</param>
/// <param name="Landmarks">The five landmarks, in pixels from the left and top edges of the picture.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Line">Line of the annotation file that says so, from 1; 0 if no file does.</param>
public sealed record AnnotatedFace(string ImagePath, FaceLandmarks Landmarks, FaceAttributes Attributes, int Line = 0);
