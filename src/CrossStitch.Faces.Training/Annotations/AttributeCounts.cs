namespace CrossStitch.Faces.Training.Annotations;

/// <summary>How the attributes are spread over faces.</summary>
/// <param name="Poses">Faces of each <see cref="HeadPose"/>, in its order.</param>
/// <param name="Genders">Faces of each <see cref="Gender"/>, in its order.</param>
/// <param name="Glasses">Faces with glasses.</param>
/// <param name="Smiles">Faces that smile.</param>
public sealed record AttributeCounts(IReadOnlyList<int> Poses, IReadOnlyList<int> Genders, int Glasses, int Smiles)
{
    /// <summary>Counts.</summary>
    /// <param name="faces">The faces.</param>
    public static AttributeCounts Of(IReadOnlyCollection<AnnotatedFace> faces) => new(
        [.. Enum.GetValues<HeadPose>().Select(pose => faces.Count(face => face.Attributes.Pose == pose))],
        [.. Enum.GetValues<Gender>().Select(gender => faces.Count(face => face.Attributes.Gender == gender))],
        faces.Count(face => face.Attributes.Glasses),
        faces.Count(face => face.Attributes.Smile));
}
