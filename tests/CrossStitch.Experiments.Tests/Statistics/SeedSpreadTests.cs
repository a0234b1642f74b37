using CrossStitch.Experiments.Statistics;
using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class SeedSpreadTests
{
    [Fact]
    public void Pooled_it_is_twice_the_residual_mean_square_of_networks_by_seeds()
    {
        // Snedecor and Cochran, Statistical Methods: failures of soybean seeds to emerge, five treatments in five blocks.
        // The analysis of variance there has a residual mean square of 5.41 with 16 degrees of freedom.
        var spread = SeedSpread.Pooled([
            Network(8, 10, 12, 13, 11),
            Network(2, 6, 7, 11, 5),
            Network(4, 10, 9, 8, 10),
            Network(3, 5, 9, 10, 6),
            Network(9, 7, 5, 5, 3),
        ]);
        Assert.Equal(2 * 5.41, spread!.Variance, 0.01);
        Assert.Equal(16, spread.DegreesOfFreedom);
    }

    [Fact]
    public void Of_two_networks_it_is_their_own()
    {
        var own = SeedSpread.Of(PairedDifferences.Between([[3, 3], [5, 5], [4, 4]], [[1, 1], [4, 4], [1, 1]]));
        Assert.Equal(own, SeedSpread.Pooled([Network(3, 5, 4), Network(1, 4, 1)]));
        Assert.Equal(new SeedSpread(1, 2), own);
    }

    [Fact]
    public void Missing_runs_are_done_without()
    {
        var spread = SeedSpread.Pooled([Network(1, 2, 4), Network(2, 2), Network(5)]);

        // Only the first two have seeds in common, of which the differences are −1 and 0.
        Assert.Equal(new SeedSpread(0.5, 1), spread);
        Assert.Null(SeedSpread.Pooled([Network(1), Network(2)]));
    }

    [Fact]
    public void Tables_tell_together_by_their_degrees_of_freedom()
    {
        Assert.Equal(new SeedSpread(2.5, 8), SeedSpread.Together([new SeedSpread(4, 2), null, new SeedSpread(2, 6)]));
        Assert.Null(SeedSpread.Together([null, null]));
    }

    [Fact]
    public void The_larger_spread_counts()
    {
        Assert.Equal(new SeedSpread(4, 40), SeedSpread.Cautious(new SeedSpread(4, 2), new SeedSpread(1, 40)));
        Assert.Equal(new SeedSpread(1, 40), SeedSpread.Cautious(new SeedSpread(0.5, 2), new SeedSpread(1, 40)));
        Assert.Equal(new SeedSpread(4, 2), SeedSpread.Cautious(new SeedSpread(4, 2), null));
        Assert.Null(SeedSpread.Cautious(null, new SeedSpread(1, 40)));
    }

    [Fact]
    public void Twenty_one_networks_tell_what_three_seeds_alone_cannot()
    {
        const int Studies = 500;
        const double Corrected = PairedTest.Level / 20;
        var (falseFinds, alone, together) = (0, 0, 0);
        for (var study = 0; study < Studies; study++)
        {
            // Runs vary by 1 from seed to seed and by nothing else.
            var random = new SeededRandom((ulong)study);
            var means = Enumerable.Range(0, 21).Select(_ => Enumerable.Range(0, 3).Select(_ => random.NextGaussian()).ToArray()).ToList();
            var family = SeedSpread.Pooled([.. means.Select(network => Network(network))]);
            Assert.Equal(40, family!.DegreesOfFreedom);

            PairedDifferences Differences(double shift) => PairedDifferences.Between(
                [.. means[1].Select(mean => new[] { mean + shift, mean + shift })], [.. means[0].Select(mean => new[] { mean, mean })]);
            double PValue(double shift, bool pooled) =>
                PairedTest.Of(Differences(shift), pooled ? SeedSpread.Cautious(SeedSpread.Of(Differences(shift)), family) : null).PValue;
            falseFinds += PValue(0, pooled: true) < PairedTest.Level ? 1 : 0;
            alone += PValue(4, pooled: false) < Corrected ? 1 : 0;
            together += PValue(4, pooled: true) < Corrected ? 1 : 0;
        }

        Assert.InRange(falseFinds / (double)Studies, 0.01, 0.05);
        Assert.InRange(alone / (double)Studies, 0, 0.1);
        Assert.InRange(together / (double)Studies, 0.75, 0.95);
    }

    private static Dictionary<long, double> Network(params double[] means) =>
        means.Select((mean, i) => (Seed: (long)i, Mean: mean)).ToDictionary(run => run.Seed, run => run.Mean);
}
