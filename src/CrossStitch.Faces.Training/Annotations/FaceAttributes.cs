namespace CrossStitch.Faces.Training.Annotations;

/// <summary>The four attributes of a face: the labels of the auxiliary tasks.</summary>
/// <param name="Pose">Yaw of the head.</param>
/// <param name="Gender">Gender, as annotated.</param>
/// <param name="Glasses">Whether the face wears glasses.</param>
/// <param name="Smile">Whether the face smiles.</param>
public readonly record struct FaceAttributes(HeadPose Pose, Gender Gender, bool Glasses, bool Smile);
