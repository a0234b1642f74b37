namespace CrossStitch.Fuzz.Runs;

/// <summary>What an input may cost.</summary>
/// <param name="Seconds">Of processor time, on all cores together: a machine that is busy with something else makes no finding.</param>
/// <param name="Megabytes">That it allocates in all, or by which the process grows.</param>
internal sealed record FuzzLimits(double Seconds, int Megabytes)
{
    /// <summary>How much longer than its processor time an input may take by the clock, before it is taken to hang.</summary>
    public const double ClockFactor = 6;

    /// <summary>What no reader needs.</summary>
    public static FuzzLimits Default { get; } = new(5, 512);

    /// <summary>The memory in bytes.</summary>
    public long Bytes => (long)Megabytes << 20;
}
