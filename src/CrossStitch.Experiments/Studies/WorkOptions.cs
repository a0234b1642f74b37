namespace CrossStitch.Experiments.Studies;

/// <summary>How a process works on a study that was planned before.</summary>
public sealed record WorkOptions
{
    /// <summary>How often a run may fail, over all processes, before it is given up: three times.</summary>
    public const int MostTries = 3;

    /// <summary>The folders of the runs to do, as the plan names them, in this order; null for all of the plan.</summary>
    public IReadOnlyList<string>? Runs { get; init; }

    /// <summary>How many networks this process trains at once; each has the threads of its recipe.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>How long a run rests after its first failure, its second …: a full disk may be a matter of minutes. 10 and 90 seconds.</summary>
    public IReadOnlyList<TimeSpan> Rests { get; init; } = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(90)];

    /// <summary>
    /// A run saves after an epoch only if it has not for so long: 30 seconds, which is the most that a crash can cost. A thousand
    /// runs with epochs of seconds would fill a shared disk's line with checkpoints. When it is told to stop, it always saves.
    /// </summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether runs that were given up are tried again.</summary>
    public bool RetryFailed { get; init; }
}
