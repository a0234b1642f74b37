namespace CrossStitch.Faces.Training.Metrics;

/// <summary>Predictions as JSON.</summary>
internal sealed class FacePredictionsConverter() : AttributeMembersConverter<FacePredictions, int[]>(
    (nameof(FacePredictions.Landmarks), typeof(float[])))
{
    /// <inheritdoc/>
    protected override FacePredictions Make(object?[] members, IReadOnlyDictionary<string, int[]> attributes) => new((float[]?)members[0], attributes);

    /// <inheritdoc/>
    protected override (object?[] Members, IReadOnlyDictionary<string, int[]> Attributes) Split(FacePredictions value) => ([value.Landmarks], value.Attributes);
}
