namespace CrossStitch.Faces.Training.Metrics;

/// <summary>What a model predicts for a set of faces. What it was not trained to tell is null.</summary>
/// <param name="Landmarks">Ten numbers a face (x1..x5, then y1..y5), in box units.</param>
/// <param name="Pose">A <see cref="Annotations.HeadPose"/> a face, as its number.</param>
/// <param name="Gender">A <see cref="Annotations.Gender"/> a face, as its number.</param>
/// <param name="Glasses">1 where glasses are seen, else 0.</param>
/// <param name="Smile">1 where a smile is seen, else 0.</param>
public sealed record FacePredictions(
    float[]? Landmarks = null,
    int[]? Pose = null,
    int[]? Gender = null,
    int[]? Glasses = null,
    int[]? Smile = null);
