using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Statistics;

/// <summary>The scores of every run of a study on every test example, by variant and seed.</summary>
public sealed class ScoreSet
{
    private readonly Dictionary<string, SortedDictionary<long, ScoreTable>> _scores;

    private readonly TestExamples _examples;

    private ScoreSet(Dictionary<string, SortedDictionary<long, ScoreTable>> scores, TestExamples examples) => (_scores, _examples) = (scores, examples);

    /// <summary>Collects the scores of a study.</summary>
    /// <param name="study">The study.</param>
    public static ScoreSet Of(Study study) => new(study.Runs.GroupBy(run => run.Variant.Name).ToDictionary(
        runs => runs.Key,
        runs => new SortedDictionary<long, ScoreTable>(runs.ToDictionary(run => run.Recipe.Seed, run => run.Scores))), study.Examples);

    /// <summary>A variant's measure less a baseline's, over the seeds that both have; null if there is none.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="measure">What of each example. Of one that is balanced, an example counts by how rare its group is: the mean is the balanced one.</param>
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
        var measured = Measured(measure, first);
        var counts = Counts(measure, measured);
        double[][] Rows(SortedDictionary<long, ScoreTable> runs) => [.. seeds.Select(seed => measured.Select((example, i) => counts[i] * runs[seed][measure.Column][example]).ToArray())];
        return measured.Length < 2 ? null : PairedDifferences.Between(Rows(ofVariant), Rows(ofBaseline));
    }

    /// <summary>A variant's measure by seed, averaged over examples.</summary>
    /// <param name="variant">The variant; it has a finished run.</param>
    /// <param name="measure">What of each example.</param>
    public IReadOnlyDictionary<long, double> SeedMeans(string variant, Measure measure) => _scores[variant]
        .Where(run => run.Value.Has(measure.Column))
        .ToDictionary(run => run.Key, run => measure.Over(run.Value, _examples));

    /// <summary>The examples that a measure applies to.</summary>
    private int[] Measured(Measure measure, IReadOnlyList<double> scores)
    {
        var groups = GroupsOf(measure);
        return [.. Enumerable.Range(0, scores.Count).Where(example => !double.IsNaN(scores[example]) && (groups is null || groups.GroupOf[example] >= 0))];
    }

    /// <summary>How much each example counts: 1, or in a balanced mean what gives every group the same weight.</summary>
    private double[] Counts(Measure measure, int[] measured)
    {
        if (GroupsOf(measure) is not { } groups)
        {
            return [.. measured.Select(_ => 1.0)];
        }

        var sizes = measured.GroupBy(example => groups.GroupOf[example]).ToDictionary(group => group.Key, group => group.Count());
        return [.. measured.Select(example => measured.Length / (double)(sizes.Count * sizes[groups.GroupOf[example]]))];
    }

    private Grouping? GroupsOf(Measure measure) => measure.BalancedBy is { } name ? _examples.By(name) : null;
}
