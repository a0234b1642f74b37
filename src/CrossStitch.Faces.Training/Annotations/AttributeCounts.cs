namespace CrossStitch.Faces.Training.Annotations;

/// <summary>How an attribute is spread over faces.</summary>
/// <param name="Attribute">Which.</param>
/// <param name="Faces">How many faces have each of its classes.</param>
public sealed record AttributeCounts(FaceAttribute Attribute, IReadOnlyList<int> Faces)
{
    /// <summary>Counts, for all attributes.</summary>
    /// <param name="faces">The faces.</param>
    public static IReadOnlyList<AttributeCounts> Of(IReadOnlyCollection<AnnotatedFace> faces) =>
    [
        .. FaceAttribute.All.Select(attribute => new AttributeCounts(
            attribute, [.. attribute.Classes.Select((_, k) => faces.Count(face => face.Attributes[attribute] == k))])),
    ];
}
