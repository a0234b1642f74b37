namespace CrossStitch.Fuzz.Runs;

/// <summary>What is asked for.</summary>
/// <param name="Targets">The names of the targets.</param>
/// <param name="Seconds">For how long in all.</param>
/// <param name="Seed">Which inputs.</param>
/// <param name="Jobs">How many targets at once.</param>
/// <param name="Findings">Where inputs go that found something.</param>
/// <param name="Corpus">Where more seeds lie; null for nowhere.</param>
internal sealed record FuzzOptions(IReadOnlyList<string> Targets, double Seconds, long Seed, int Jobs, string Findings, string? Corpus)
{
    /// <summary>What an input may cost.</summary>
    public FuzzLimits Limits { get; init; } = FuzzLimits.Default;

    /// <summary>Whether a target has shown all that is wanted of it before the time is over; asked when a process has ended.</summary>
    public Func<Tally, bool> IsEnough { get; init; } = _ => false;
}
