namespace CrossStitch.Training;

/// <summary>The learning rate as a pure function of how far training has come: nothing to save, nothing to resume.</summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Warmup">One-cycle: the share of training in which the rate rises.</param>
/// <param name="StartDivisor">One-cycle: the first rate is the highest divided by this.</param>
/// <param name="EndDivisor">One-cycle: the last rate is the highest divided by this.</param>
/// <param name="Steps">Step: how many times the rate falls, at equal distances.</param>
/// <param name="StepFactor">Step: what each fall multiplies it by.</param>
public sealed record LearningRateSchedule(
    ScheduleKind Kind = ScheduleKind.OneCycle,
    double Warmup = 0.2,
    double StartDivisor = 25,
    double EndDivisor = 1e4,
    int Steps = 2,
    double StepFactor = 0.1)
{
    /// <summary>The factor on the learning rate before a step.</summary>
    /// <param name="step">Steps taken so far.</param>
    /// <param name="total">Steps of the whole training.</param>
    public double FactorAt(long step, long total)
    {
        var progress = Math.Clamp((double)step / total, 0, 1);
        return Kind switch
        {
            ScheduleKind.Constant => 1,
            ScheduleKind.Step => Math.Pow(StepFactor, Math.Floor(progress * (Steps + 1))),
            ScheduleKind.Cosine => HalfCosine(1, 0, progress),
            ScheduleKind.OneCycle when progress < Warmup => HalfCosine(1 / StartDivisor, 1, progress / Warmup),
            ScheduleKind.OneCycle => HalfCosine(1, 1 / EndDivisor, (progress - Warmup) / (1 - Warmup)),
            _ => throw new CrossStitchException($"'{Kind}' is not a learning-rate schedule."),
        };
    }

    internal void Validate()
    {
        Require(Enum.IsDefined(Kind), $"'{Kind}' is none");
        Require(Warmup is >= 0 and < 1, $"the share of training that warms up is at least 0 and below 1, not {Warmup}");
        Require(StartDivisor >= 1 && EndDivisor >= 1 && double.IsFinite(StartDivisor) && double.IsFinite(EndDivisor), $"one-cycle divisors are at least 1, not {StartDivisor} and {EndDivisor}");
        Require(Steps >= 0 && StepFactor > 0 && double.IsFinite(StepFactor), $"a step schedule falls 0 or more times by a positive factor, not {Steps} times by {StepFactor}");
    }

    private static double HalfCosine(double from, double to, double progress) =>
        to + ((from - to) * (1 + Math.Cos(Math.PI * progress)) / 2);

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new CrossStitchException($"Learning-rate schedule: {rule}.") { Setting = "schedule" };
        }
    }
}
