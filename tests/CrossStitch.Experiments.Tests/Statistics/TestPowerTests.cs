using CrossStitch.Experiments.Statistics;
using MathNet.Numerics.Distributions;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class TestPowerTests
{
    [Fact]
    public void The_noncentral_t_is_Rs()
    {
        // R's example: power.t.test(n = 20, delta = 1, sd = 1) has power 0.8689528, from 38 degrees of freedom and δ = √10.
        Assert.Equal(0.8689528, TestPower.UpperTail(StudentT.InvCDF(0, 1, 38, 0.975), 38, Math.Sqrt(10)), 7);
    }

    [Theory]
    [InlineData(0.2, 198.1508)]
    [InlineData(0.5, 33.36713)]
    [InlineData(0.8, 14.30276)]
    public void Pairs_for_80_percent_power_are_Rs(double effect, double pairs)
    {
        // R: power.t.test(delta = effect, sd = 1, power = 0.8, type = "paired"); Cohen's small, medium and large effects.
        Assert.True(TestPower.OfPaired(effect, (int)Math.Floor(pairs)) < TestPower.Wanted);
        Assert.True(TestPower.OfPaired(effect, (int)Math.Ceiling(pairs)) >= TestPower.Wanted);
        Assert.Equal((int)Math.Ceiling(pairs), TestPower.SeedsNeeded(3 * effect, new SeedSpread(9, 4)));
    }

    [Fact]
    public void Without_a_difference_the_power_is_half_the_level() => Assert.Equal(0.025, TestPower.OfPaired(0, 5), 9);

    [Fact]
    public void The_central_tail_is_Students()
    {
        Assert.All([1.0, 2, 3.5, 40, 5000], freedom => Assert.Equal(1 - StudentT.CDF(0, 1, freedom, 1.3), TestPower.UpperTail(1.3, freedom, 0), 8));
    }

    [Fact]
    public void What_cannot_be_known_is_null()
    {
        Assert.Null(TestPower.SeedsNeeded(0.1, null));
        Assert.Null(TestPower.SeedsNeeded(0, new SeedSpread(1, 2)));
        Assert.Null(TestPower.SeedsNeeded(1e-9, new SeedSpread(1, 2)));
        Assert.Equal(2, TestPower.SeedsNeeded(0.5, new SeedSpread(0, 2)));
    }
}
