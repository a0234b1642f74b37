using System.Text.Json;

namespace CrossStitch.Faces.Training.Metrics;

/// <summary>The evaluation of a group as JSON.</summary>
internal sealed class FaceGroupEvaluationConverter() : AttributeMembersConverter<FaceGroupEvaluation, AttributeEvaluation>(
    (nameof(FaceGroupEvaluation.Faces), typeof(int)), (nameof(FaceGroupEvaluation.Landmarks), typeof(LandmarkEvaluation)))
{
    /// <inheritdoc/>
    protected override FaceGroupEvaluation Make(object?[] members, IReadOnlyDictionary<string, AttributeEvaluation> attributes) => new(
        members[0] as int? ?? throw new JsonException("JSON was missing required properties including: 'faces'."),
        (LandmarkEvaluation?)members[1],
        attributes);

    /// <inheritdoc/>
    protected override (object?[] Members, IReadOnlyDictionary<string, AttributeEvaluation> Attributes) Split(FaceGroupEvaluation value) =>
        ([value.Faces, value.Landmarks], value.Attributes);
}
