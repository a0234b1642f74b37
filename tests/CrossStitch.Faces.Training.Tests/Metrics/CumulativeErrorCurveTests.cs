using CrossStitch.Faces.Training.Metrics;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Metrics;

public class CumulativeErrorCurveTests
{
    private static readonly CumulativeErrorCurve Curve = CumulativeErrorCurve.Of([0.08, 0.02, 0.02, 0.3]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.0199, 0)]
    [InlineData(0.02, 0.5)]
    [InlineData(0.0799, 0.5)]
    [InlineData(0.08, 0.75)]
    [InlineData(0.3, 1)]
    [InlineData(9, 1)]
    public void The_share_rises_at_each_error(double threshold, double share) => Assert.Equal(share, Curve.ShareWithin(threshold));

    [Fact]
    public void The_area_is_that_of_the_steps()
    {
        // 0 up to 0.02, then 0.5 up to 0.08, then 0.75 up to 0.1.
        Assert.Equal(((0.5 * 0.06) + (0.75 * 0.02)) / 0.1, Curve.AreaUpTo(0.1), 12);
        Assert.Equal(0, Curve.AreaUpTo(0.02), 12);
    }

    [Fact]
    public void The_area_agrees_with_fine_sums()
    {
        Gen.Double[0, 0.2].Array[1, 8].Sample(errors =>
        {
            var curve = CumulativeErrorCurve.Of(errors);
            const int Steps = 20_000;
            var sum = Enumerable.Range(0, Steps).Average(i => curve.ShareWithin((i + 0.5) * 0.1 / Steps));
            Assert.Equal(sum, curve.AreaUpTo(0.1), 1e-3);
        }, iter: 20);
    }

    [Fact]
    public void No_errors_or_errors_that_are_not_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CumulativeErrorCurve.Of([]));
        Assert.Throws<ArgumentException>(() => CumulativeErrorCurve.Of([0.1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Curve.AreaUpTo(0));
    }
}
