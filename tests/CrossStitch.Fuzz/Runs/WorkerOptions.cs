using System.Globalization;

namespace CrossStitch.Fuzz.Runs;

/// <summary>What a process that tries inputs is told.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Seed">Which inputs.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Limits">What each may cost.</param>
/// <param name="Folder">Where it tells how far it is.</param>
/// <param name="Findings">Where findings go.</param>
/// <param name="Corpus">Where more seeds lie; null for nowhere.</param>
internal sealed record WorkerOptions(string Target, long Seed, long First, double Seconds, FuzzLimits Limits, string Folder, string Findings, string? Corpus)
{
    /// <summary>The word that a worker's arguments begin with.</summary>
    public const string Word = "worker";

    /// <summary>As arguments.</summary>
    public IReadOnlyList<string> ToArguments() =>
    [
        Word, Target, Seed.ToString(CultureInfo.InvariantCulture), First.ToString(CultureInfo.InvariantCulture), Seconds.ToString(CultureInfo.InvariantCulture),
        Limits.Seconds.ToString(CultureInfo.InvariantCulture), Limits.Megabytes.ToString(CultureInfo.InvariantCulture), Folder, Findings, Corpus ?? "",
    ];

    /// <summary>What <see cref="ToArguments"/> gave.</summary>
    public static WorkerOptions Parse(IReadOnlyList<string> arguments) => new(
        arguments[1], long.Parse(arguments[2], CultureInfo.InvariantCulture), long.Parse(arguments[3], CultureInfo.InvariantCulture), double.Parse(arguments[4], CultureInfo.InvariantCulture),
        new FuzzLimits(double.Parse(arguments[5], CultureInfo.InvariantCulture), int.Parse(arguments[6], CultureInfo.InvariantCulture)),
        arguments[7], arguments[8], arguments[9].Length > 0 ? arguments[9] : null);
}
