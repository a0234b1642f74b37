using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// Tests whether a network's mean error differs from a baseline's, for seeds and examples that are both samples.
/// </summary>
/// <remarks>
/// <para>
/// A paired t over seeds alone speaks for other seeds but only for these test examples; one over examples alone speaks for
/// other examples but only for these trained networks. Both must be random for a claim about the method. The test is
/// Clark's min F′ ("The language-as-fixed-effect fallacy", Journal of Verbal Learning and Verbal Behavior 12, 1973),
/// long used where people and words are both samples, written as a t: with V_s the variance of the seeds' mean
/// differences over the number of seeds and V_f that of the examples' over the number of examples,
/// t = mean / √(V_s + V_f), with (V_s + V_f)² / (V_s² / (S − 1) + V_f² / (F − 1)) degrees of freedom. The pairing
/// takes out what a seed or an example does to both networks. What seeds and examples do together is in both variances, so the
/// test errs on the side of caution: in simulated studies of networks that vary alike it found a difference that was not
/// there in 2 to 5 % of them. docs/statistics.md has the numbers, and the case where it finds too many: a network whose
/// seeds vary much more than those of the others that it is judged with.
/// </para>
/// <para>
/// Two or three seeds tell little of how much seeds vary, so only a very large difference would count. Where several
/// networks are compared together, they tell it together: see <see cref="SeedSpread.Cautious"/>; its degrees of freedom
/// take the place of S − 1. With one seed V_s is unknown and left out: this is the paired t over examples, and it says
/// nothing of networks trained with other seeds.
/// </para>
/// </remarks>
/// <param name="Difference">The mean difference.</param>
/// <param name="StandardError">√(V_s + V_f).</param>
/// <param name="DegreesOfFreedom">By Satterthwaite's formula, as above.</param>
/// <param name="Statistic">Difference over standard error; 0 where both are 0.</param>
/// <param name="PValue">Two-sided.</param>
public sealed record PairedTest(double Difference, double StandardError, double DegreesOfFreedom, double Statistic, double PValue)
{
    /// <summary>A difference is called one when chance alone would show its like less often than this.</summary>
    public const double Level = 0.05;

    /// <summary>Tests differences.</summary>
    /// <param name="differences">A network's errors less a baseline's.</param>
    /// <param name="spread">How much differences vary from seed to seed; null for what these seeds tell. Of no effect with one seed.</param>
    public static PairedTest Of(PairedDifferences differences, SeedSpread? spread = null)
    {
        var examples = differences.ExampleMeans.Count;
        var own = SeedSpread.Of(differences);
        var used = own is null ? null : spread ?? own;
        var ofSeeds = used is null ? 0 : used.Variance / differences.SeedMeans.Count;
        var ofExamples = differences.ExampleMeans.Variance() / examples;
        var variance = ofSeeds + ofExamples;
        if (variance == 0)
        {
            var same = differences.Mean == 0;
            return new PairedTest(differences.Mean, 0, examples - 1, same ? 0 : double.CopySign(double.PositiveInfinity, differences.Mean), same ? 1 : 0);
        }

        var (seedShare, exampleShare) = (ofSeeds / variance, ofExamples / variance);
        var freedom = 1 / ((used is null ? 0 : seedShare * seedShare / used.DegreesOfFreedom) + (exampleShare * exampleShare / (examples - 1)));
        var statistic = differences.Mean / Math.Sqrt(variance);
        return new PairedTest(differences.Mean, Math.Sqrt(variance), freedom, statistic, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(statistic)));
    }
}
