using CrossStitch.Experiments.Statistics;
using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class ComparisonFamilyTests
{
    private static readonly (string Variant, string Baseline)[] Pairs = [("split-all", "single"), ("cross-stitch-all", "related-all")];

    [Fact]
    public void What_a_seed_does_to_all_networks_of_another_comparison_is_no_chance_of_this_one()
    {
        var (alike, apart) = (Compare(Pairs, 0), Compare(Pairs, 0.01));
        Assert.Equal(alike[0].Interval.Low, apart[0].Interval.Low, 1e-5);
        Assert.Equal(alike[1].Interval.High, apart[1].Interval.High, 1e-5);
        Assert.Equal(alike[0].PValue, apart[0].PValue, 1e-3);

        // Where networks of both are compared with each other it is.
        var joined = Compare([.. Pairs, ("cross-stitch-all", "single")], 0.01);
        Assert.True(joined[0].Interval.High - joined[0].Interval.Low > 2 * (apart[0].Interval.High - apart[0].Interval.Low));
    }

    [Fact]
    public void Two_comparisons_know_the_spread_better_than_one()
    {
        var (both, one) = (Compare(Pairs, 0)[0], Compare([.. Pairs.Take(1)], 0)[0]);
        Assert.Equal(one.Difference, both.Difference);
        Assert.NotEqual(one.PValue, both.PValue);
    }

    /// <summary>Compares made networks.</summary>
    /// <param name="pairs">Which with which.</param>
    /// <param name="shift">What a seed adds to the error of both networks of the second pair.</param>
    private static IReadOnlyList<PairedComparison> Compare((string Variant, string Baseline)[] pairs, double shift)
    {
        var names = Pairs.SelectMany(pair => new[] { pair.Baseline, pair.Variant }).ToArray();
        var runs = MadeStudy.Runs(3, [.. names.Select(name => (name, 0.03))]).Select(run =>
        {
            var (number, seed) = (Array.IndexOf(names, run.Variant.Name), run.Recipe.Seed);
            var random = new SeededRandom((ulong)number, (ulong)seed);
            var luck = (0.0005 * random.NextGaussian()) + (number < 2 ? 0 : shift * seed);
            return MadeStudy.Run(run.Variant, seed, _ => 0.03 + luck + (0.002 * random.NextGaussian()));
        });
        var study = MadeStudy.Of([.. runs]);
        return ComparisonFamily.Of(ScoreSet.Of(study), pairs, study.Measures.First(measure => measure.Name == "mean_error"), 1);
    }
}
