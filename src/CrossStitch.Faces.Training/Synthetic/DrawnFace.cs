using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>A drawn face with its exact labels.</summary>
/// <param name="Jpeg">The picture, as the bytes of a JPEG file.</param>
/// <param name="Face">Its landmarks in image pixels and its attributes.</param>
/// <param name="Box">Where a detector would have found it: right on average, a few percent off.</param>
public sealed record DrawnFace(ReadOnlyMemory<byte> Jpeg, AnnotatedFace Face, FaceBox Box);
