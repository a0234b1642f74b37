using CrossStitch.Faces;
using CrossStitch.Faces.Reading;

namespace FacesEndpoint;

/// <summary>A face as the endpoint answers it.</summary>
/// <param name="Left">Left edge of its square, in pixels of the photo.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Side">Its side.</param>
/// <param name="Score">How sure it is a face: 0 to 1.</param>
/// <param name="Points">The five points by name: x and y in pixels of the photo.</param>
/// <param name="Smile">Whether it smiles; null if the model does not say.</param>
/// <param name="Glasses">Whether it wears glasses; null if the model does not say.</param>
internal sealed record FaceAnswer(float Left, float Top, float Side, float Score, IReadOnlyDictionary<string, float[]> Points, bool? Smile, bool? Glasses)
{
    /// <summary>What is answered of a face.</summary>
    /// <param name="face">The face.</param>
    public static FaceAnswer Of(Face face) => new(
        face.Box.Left,
        face.Box.Top,
        face.Box.Side,
        face.Score,
        Enum.GetValues<Landmark>().ToDictionary(landmark => landmark.ToString(), landmark => new[] { face.Landmarks[landmark].X, face.Landmarks[landmark].Y }),
        face.Smile?.Value,
        face.Glasses?.Value);
}
