using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Statistics;

/// <summary>The scores of every run of a study on every test example, by variant and seed.</summary>
public sealed class ScoreSet
{
    private readonly Dictionary<string, SortedDictionary<long, ScoreTable>> _scores;

    private ScoreSet(Dictionary<string, SortedDictionary<long, ScoreTable>> scores) => _scores = scores;

    /// <summary>Collects the scores of a study.</summary>
    /// <param name="study">The study.</param>
    public static ScoreSet Of(Study study) => new(study.Runs.GroupBy(run => run.Variant.Name).ToDictionary(
        runs => runs.Key,
        runs => new SortedDictionary<long, ScoreTable>(runs.ToDictionary(run => run.Recipe.Seed, run => run.Scores))));

    /// <summary>A variant's measure less a baseline's, over the seeds that both have; null if there is none.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="measure">What of each example; a plain mean.</param>
    public PairedDifferences? Between(string variant, string baseline, Measure measure)
    {
        if (!_scores.TryGetValue(variant, out var ofVariant) || !_scores.TryGetValue(baseline, out var ofBaseline))
        {
            return null;
        }

        var seeds = ofVariant.Keys.Where(seed => ofBaseline.ContainsKey(seed) && ofVariant[seed].Has(measure.Column) && ofBaseline[seed].Has(measure.Column)).ToList();
        if (seeds.Count == 0)
        {
            return null;
        }

        // An example without a label has no score in any run.
        var first = ofVariant[seeds[0]][measure.Column];
        var measured = Enumerable.Range(0, first.Count).Where(example => !double.IsNaN(first[example])).ToArray();
        double[][] Rows(SortedDictionary<long, ScoreTable> runs) => [.. seeds.Select(seed => Array.ConvertAll(measured, example => runs[seed][measure.Column][example]))];
        return measured.Length < 2 ? null : PairedDifferences.Between(Rows(ofVariant), Rows(ofBaseline));
    }

    /// <summary>A variant's measure by seed, averaged over examples.</summary>
    /// <param name="variant">The variant; it has a finished run.</param>
    /// <param name="measure">What of each example; a plain mean.</param>
    public IReadOnlyDictionary<long, double> SeedMeans(string variant, Measure measure) => _scores[variant]
        .Where(run => run.Value.Has(measure.Column))
        .ToDictionary(run => run.Key, run => run.Value[measure.Column].Where(value => !double.IsNaN(value)).Average());
}
