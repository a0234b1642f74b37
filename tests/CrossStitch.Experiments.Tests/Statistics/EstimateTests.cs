using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class EstimateTests
{
    [Fact]
    public void The_interval_is_Students()
    {
        // R: t.test(sleep$extra[11:20] - sleep$extra[1:10]) has mean 1.58 and the 95 % interval 0.7001142 to 2.4598858.
        var estimate = Estimate.Of([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
        Assert.Equal(1.58, estimate.Mean, 12);
        Assert.Equal(0.7001142, estimate.Interval!.Low, 7);
        Assert.Equal(2.4598858, estimate.Interval.High, 7);
    }

    [Fact]
    public void One_seed_has_no_interval()
    {
        Assert.Equal(new Estimate(0.5, null), Estimate.Of([0.5]));
        Assert.Throws<ArgumentException>(() => Estimate.Of([]));
    }
}
