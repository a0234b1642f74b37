using CrossStitch.Training;

namespace CrossStitch.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_stays() =>
        Assert.All(Factors(new LearningRateSchedule(ScheduleKind.Constant)), factor => Assert.Equal(1, factor));

    [Fact]
    public void Step_falls_at_equal_distances()
    {
        var factors = Factors(new LearningRateSchedule(ScheduleKind.Step, Steps: 3, StepFactor: 0.5));
        Assert.Equal([1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125], [.. factors.Where((_, i) => i % 25 is 0 or 24)]);
    }

    [Fact]
    public void Cosine_falls_to_nothing()
    {
        var factors = Factors(new LearningRateSchedule(ScheduleKind.Cosine));
        Assert.Equal(1, factors[0]);
        Assert.Equal(0.5, factors[50], 6);
        Assert.True(factors[99] < 0.001);
    }

    [Fact]
    public void One_cycle_rises_then_falls()
    {
        var factors = Factors(new LearningRateSchedule(ScheduleKind.OneCycle, Warmup: 0.2, StartDivisor: 25, EndDivisor: 100));
        Assert.Equal(0.04, factors[0], 6);
        Assert.Equal(1, factors[20], 6);
        Assert.Equal(factors.Max(), factors[20]);
        Assert.Equal(0.01, factors[99], 2);
        Assert.Equal(factors[20..].OrderDescending(), factors[20..]);
    }

    [Fact]
    public void Nonsense_is_refused() =>
        Assert.Throws<CrossStitchException>(() => new TrainingOptions { Schedule = new LearningRateSchedule(Warmup: 1) }.Validate());

    private static double[] Factors(LearningRateSchedule schedule) => [.. Enumerable.Range(0, 100).Select(step => schedule.FactorAt(step, 100))];
}
