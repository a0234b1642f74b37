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
    public void Pairs_know_the_spread_of_seeds_together_and_a_larger_table_its_own()
    {
        // Of three seeds a pair alone has two degrees of freedom: a spread as small takes a much larger t.
        var (together, alone) = (Compare(Pairs, 0), Compare([Pairs[0]], 0));
        Assert.Equal(alone[0].Difference, together[0].Difference);
        Assert.True(together[0].Interval.High - together[0].Interval.Low < alone[0].Interval.High - alone[0].Interval.Low);

        // The second pair's seeds differ wildly; a table of three networks is judged by itself.
        (string, string)[] three = [("split-all", "single"), ("related-cross-stitch-all", "single")];
        Assert.Equal(Compare(three, 0)[0].Interval, Compare([.. three, Pairs[1]], 0, wild: 0.05)[0].Interval);
    }

    /// <summary>Compares made networks.</summary>
    /// <param name="pairs">Which with which.</param>
    /// <param name="shift">What a seed adds to the error of both networks of the second pair.</param>
    /// <param name="wild">By how much seeds of one of them differ besides.</param>
    private static IReadOnlyList<PairedComparison> Compare((string Variant, string Baseline)[] pairs, double shift, double wild = 0)
    {
        string[] names = ["single", "split-all", "related-all", "cross-stitch-all", "related-cross-stitch-all"];
        var runs = MadeStudy.Runs(3, [.. names.Select(name => (name, 0.03))]).Select(run =>
        {
            var (number, seed) = (Array.IndexOf(names, run.Variant.Name), run.Recipe.Seed);
            var random = new SeededRandom((ulong)number, (ulong)seed);
            var luck = (0.0005 * random.NextGaussian()) + (number is 2 or 3 ? shift * seed : 0) + (number == 3 ? wild * random.NextGaussian() : 0);
            return MadeStudy.Run(run.Variant, seed, _ => 0.03 + luck + (0.002 * random.NextGaussian()));
        });
        var study = MadeStudy.Of([.. runs]);
        return ComparisonFamily.Of(ScoreSet.Of(study), pairs, study.Measures.First(measure => measure.Name == "mean_error"), 1, apart: true);
    }
}
