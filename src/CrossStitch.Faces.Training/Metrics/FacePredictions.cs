using System.Text.Json.Serialization;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Metrics;

/// <summary>What a model predicts for a set of faces.</summary>
/// <param name="Landmarks">Ten numbers a face (x1..x5, then y1..y5), in box units; null if the model was not trained to tell.</param>
/// <param name="Attributes">For each attribute that it was trained to tell, by name, a class a face.</param>
/// <remarks>As JSON, each attribute is a member of its own beside the landmarks; null where it is not predicted.</remarks>
[JsonConverter(typeof(FacePredictionsConverter))]
public sealed record FacePredictions(float[]? Landmarks, IReadOnlyDictionary<string, int[]> Attributes)
{
    /// <summary>The classes of an attribute, one a face; null if it is not predicted.</summary>
    /// <param name="attribute">Which.</param>
    public int[]? this[FaceAttribute attribute] => Attributes.GetValueOrDefault(attribute.Name);
}
