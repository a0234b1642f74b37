using System.Text.Json.Serialization;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Metrics;

/// <summary>How well a group of faces was predicted.</summary>
/// <param name="Faces">How many faces are in the group.</param>
/// <param name="Landmarks">The landmarks; null if the model does not predict them.</param>
/// <param name="Attributes">The attributes that the model predicts, by name.</param>
/// <remarks>As JSON, each attribute is a member of its own beside the others; null where it is not predicted.</remarks>
[JsonConverter(typeof(FaceGroupEvaluationConverter))]
public sealed record FaceGroupEvaluation(int Faces, LandmarkEvaluation? Landmarks, IReadOnlyDictionary<string, AttributeEvaluation> Attributes)
{
    /// <summary>How well an attribute was predicted; null if it was not.</summary>
    /// <param name="attribute">Which.</param>
    public AttributeEvaluation? this[FaceAttribute attribute] => Attributes.GetValueOrDefault(attribute.Name);
}
