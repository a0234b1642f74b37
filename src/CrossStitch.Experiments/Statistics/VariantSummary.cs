using System.Text.Json.Serialization;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Statistics;

/// <summary>One line of the table of networks: the test results of a variant, averaged over its seeds.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Seeds">How many seeds it was trained with.</param>
/// <param name="Measures">By the measure's name; measures of tasks that it does not learn are left out.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="TrainingSeconds">Time spent in epochs, averaged over seeds. It depends on the machine, so no result file holds it.</param>
/// <param name="AgainstBaseline">By the measure's name: its comparison with the baseline; empty for the baseline itself, for variants that only answer a question, and without a common seed.</param>
public sealed record VariantSummary(
    Variant Variant,
    int Seeds,
    IReadOnlyDictionary<string, Estimate> Measures,
    long Parameters,
    [property: JsonIgnore] double TrainingSeconds,
    IReadOnlyDictionary<string, PairedComparison> AgainstBaseline)
{
    /// <summary>Its name.</summary>
    [JsonIgnore]
    public string Name => Variant.Name;

    /// <summary>A measure; null if the variant does not have it.</summary>
    /// <param name="name">The measure's name.</param>
    public Estimate? Of(string name) => Measures.GetValueOrDefault(name);

    /// <summary>The mean of a measure; NaN if the variant does not have it.</summary>
    /// <param name="measure">The measure.</param>
    public double Mean(Measure measure) => Of(measure.Name)?.Mean ?? double.NaN;

    /// <summary>Averages the runs of a variant, not yet compared with anything.</summary>
    /// <param name="study">The study.</param>
    /// <param name="runs">The runs, one a seed, at least one.</param>
    internal static VariantSummary Of(Study study, IReadOnlyList<StudyRun> runs) => new(
        runs[0].Variant,
        runs.Count,
        new OrderedDictionary<string, Estimate>(
            from measure in study.Measures
            where runs.All(run => run.Scores.Has(measure.Column))
            let values = runs.Select(run => measure.Over(run.Scores, study.Examples)).ToList()
            where values.All(double.IsFinite)
            select KeyValuePair.Create(measure.Name, Estimate.Of(values))),
        runs[0].Result.Parameters,
        runs.Average(run => run.Result.TrainingSeconds),
        new Dictionary<string, PairedComparison>());
}
