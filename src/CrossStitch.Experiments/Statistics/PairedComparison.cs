using CrossStitch.Experiments.Scores;

namespace CrossStitch.Experiments.Statistics;

/// <summary>A network compared with a baseline over the seeds that both were trained with and the same test examples.</summary>
/// <param name="Variant">The network.</param>
/// <param name="Baseline">What it is compared with.</param>
/// <param name="Measure">What they are compared by.</param>
/// <param name="Seeds">How many seeds both have.</param>
/// <param name="Examples">How many test examples there are.</param>
/// <param name="Difference">The network's measure less the baseline's, in the measure's unit: below zero is better.</param>
/// <param name="Interval">The 95 % bootstrap interval of the difference (<see cref="PairedBootstrap"/>), for this comparison alone.</param>
/// <param name="PValue">Two-sided p of the test that there is no difference (<see cref="PairedTest"/>).</param>
/// <param name="AdjustedPValue">The same, by Holm's method for all comparisons of its question (<see cref="HolmCorrection"/>).</param>
/// <param name="Verdict">Better or worse where <paramref name="AdjustedPValue"/> is below <see cref="PairedTest.Level"/>.</param>
/// <param name="SeedsNeeded">
/// Seeds that would show a difference of this size with 80 % power on these examples (<see cref="TestPower"/>); null with
/// a single seed, and where no difference was found.
/// </param>
/// <param name="Sentence">All this in words.</param>
public sealed record PairedComparison(
    string Variant,
    string Baseline,
    Measure Measure,
    int Seeds,
    int Examples,
    double Difference,
    Interval Interval,
    double PValue,
    double AdjustedPValue,
    Verdict Verdict,
    int? SeedsNeeded,
    string Sentence);
