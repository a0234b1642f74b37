using CrossStitch.Faces;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>A face that a picture shows.</summary>
/// <param name="Box">The square around it.</param>
/// <param name="Counts">Whether it must be found; other ones may be found or not, such as those that are small or turned away.</param>
/// <param name="Pose">Its pose, where that is known.</param>
public sealed record ExpectedFace(FaceBox Box, bool Counts = true, string? Pose = null);
