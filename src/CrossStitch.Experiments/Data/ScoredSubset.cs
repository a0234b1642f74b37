using CrossStitch.Experiments.Scores;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>Validation examples: they give every epoch its scores.</summary>
/// <param name="data">What they are taken from.</param>
/// <param name="indices">Which of it.</param>
/// <param name="measures">What is measured.</param>
/// <param name="source">Where the examples come from.</param>
/// <param name="shape">The tower that takes them.</param>
internal sealed class ScoredSubset(ILabelledData data, int[] indices, IReadOnlyList<Measure> measures, DataRecipe source, TowerShape shape)
    : SubsetData(data, indices), IScoredData
{
    private ExampleLabels? _labels;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Score(IReadOnlyDictionary<string, float[]> predictions)
    {
        // Training that goes astray says so itself, at the next step.
        if (predictions.Values.Any(outputs => outputs.Any(output => !float.IsFinite(output))))
        {
            return new Dictionary<string, double>();
        }

        var labels = _labels ??= ExampleLabels.Of(this, source.Tasks(), shape);
        var scores = ScoreTable.Of(measures, predictions, labels);
        var watched = measures.Where(measure => measure.IsWatched && scores.Has(measure.Column));
        return watched.ToDictionary(measure => measure.Name, measure => measure.Over(scores, labels.Examples));
    }
}
