namespace CrossStitch.Faces.Training.Metrics;

/// <summary>How well a group of faces was predicted. What the model does not predict is null.</summary>
/// <param name="Faces">How many faces are in the group.</param>
/// <param name="Landmarks">The landmarks.</param>
/// <param name="Pose">The pose, five classes.</param>
/// <param name="Gender">The gender, two classes.</param>
/// <param name="Glasses">The glasses: class 0 without, class 1 with.</param>
/// <param name="Smile">The smile: class 0 without, class 1 with.</param>
public sealed record FaceGroupEvaluation(
    int Faces,
    LandmarkEvaluation? Landmarks,
    AttributeEvaluation? Pose,
    AttributeEvaluation? Gender,
    AttributeEvaluation? Glasses,
    AttributeEvaluation? Smile);
