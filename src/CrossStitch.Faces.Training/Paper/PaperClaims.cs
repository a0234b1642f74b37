using System.Globalization;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>The claims about errors that the paper makes in words, checked by a study's comparisons of the mean error.</summary>
internal static class PaperClaims
{
    /// <summary>
    /// A network is called similar to another where the whole interval of their difference is within this share of the
    /// other's mean error. A difference that is merely not shown is not similarity: a small study shows none.
    /// </summary>
    public const double SimilarWithin = 0.05;

    private const string Single = "single";
    private const string Stitched = "cross-stitch";
    private const string Related = "related-cross-stitch";

    /// <summary>Whether a comparison says what a claim does, or its opposite, or neither.</summary>
    private enum Says
    {
        Neither,
        TheClaim,
        TheOpposite,
    }

    /// <summary>Checks the claims.</summary>
    /// <param name="study">The study.</param>
    /// <param name="errors">The errors of all runs.</param>
    /// <param name="againstBaseline">The comparisons of every network with the baseline, corrected together.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    public static IReadOnlyList<ClaimCheck> Check(Study study, ScoreSet errors, IReadOnlyList<PairedComparison> againstBaseline, long seed)
    {
        var related = Of(study, againstBaseline, Related);
        Says Similar(PairedComparison comparison) => PaperClaims.Similar(comparison, errors);
        return
        [
            Check(
                "6.1",
                "Compared to the single task facial landmark detection baseline, split networks perform worse on facial landmark detection.",
                Of(study, againstBaseline, "split"),
                Worse,
                $"split networks against {Single}"),
            Check(
                "6.2",
                "Depending on which facial landmark, the performance of the Weight regularized Network with Cross-stitch is similar to the single task facial landmark detection baseline on average.",
                related,
                Similar,
                $"related cross-stitch networks against {Single}",
                string.Create(CultureInfo.InvariantCulture, $"; of {related.Count(comparison => Similar(comparison) == Says.TheClaim)} the whole interval lies within {100 * SimilarWithin} % of the baseline's mean error")),
            Check(
                "6.2",
                "Though, the Weight regularized Network with Cross-stitch shows improvements over the Cross-stitch Network.",
                PairedByTasks(study, errors, seed),
                Better,
                "related cross-stitch networks against the same without the relation"),
        ];
    }

    private static List<PairedComparison> Of(Study study, IEnumerable<PairedComparison> comparisons, string network) =>
        [.. comparisons.Where(comparison => study.Variants.Any(variant => variant.Name == comparison.Variant && variant.Network == network))];

    /// <summary>Two networks compared for each set of auxiliary tasks, the sets being one family.</summary>
    private static IReadOnlyList<PairedComparison> PairedByTasks(Study study, ScoreSet errors, long seed) => ComparisonFamily.Of(
        errors,
        [
            .. from one in study.Variants
               from other in study.Variants
               where one.IsMain && other.IsMain && one.Network == Related && other.Network == Stitched && one.Auxiliary.SequenceEqual(other.Auxiliary)
               select (one.Name, other.Name),
        ],
        study.Measures[0],
        seed,
        apart: false);

    private static Says Worse(PairedComparison comparison) => comparison.Verdict switch
    {
        Verdict.Worse => Says.TheClaim,
        Verdict.Better => Says.TheOpposite,
        _ => Says.Neither,
    };

    private static Says Better(PairedComparison comparison) => comparison.Verdict switch
    {
        Verdict.Better => Says.TheClaim,
        Verdict.Worse => Says.TheOpposite,
        _ => Says.Neither,
    };

    private static Says Similar(PairedComparison comparison, ScoreSet errors)
    {
        var margin = SimilarWithin * errors.SeedMeans(comparison.Baseline, comparison.Measure).Values.Average();
        return comparison.Verdict == Verdict.OneSeed ? Says.Neither
            : comparison.Interval.Low > -margin && comparison.Interval.High < margin ? Says.TheClaim
            : comparison.Interval.High < -margin || comparison.Interval.Low > margin ? Says.TheOpposite
            : Says.Neither;
    }

    private static ClaimCheck Check(string section, string quote, IReadOnlyList<PairedComparison> comparisons, Func<PairedComparison, Says> judge, string what, string more = "")
    {
        var said = comparisons.Select(judge).ToList();
        var asClaimed = said.Count(says => says == Says.TheClaim);
        var finding = comparisons.Count == 0 ? ClaimFinding.NotTested
            : asClaimed == comparisons.Count ? ClaimFinding.Holds
            : asClaimed > 0 ? ClaimFinding.HoldsInPart
            : said.Contains(Says.TheOpposite) ? ClaimFinding.Contradicted
            : ClaimFinding.NotShown;
        return new ClaimCheck(section, quote, finding, comparisons, Sentence(finding, comparisons, what, more));
    }

    private static string Sentence(ClaimFinding finding, IReadOnlyList<PairedComparison> comparisons, string what, string more)
    {
        var lead = finding switch
        {
            ClaimFinding.Holds => "This holds",
            ClaimFinding.HoldsInPart => "This holds in part",
            ClaimFinding.NotShown => "This is not shown",
            ClaimFinding.Contradicted => "This does not hold",
            _ => $"This was not tested: the study has no {what}",
        };
        int Count(Verdict verdict) => comparisons.Count(comparison => comparison.Verdict == verdict);
        return comparisons.Count == 0 ? $"{lead}." :
            $"{lead}: of {comparisons.Count} {what}, {Count(Verdict.Better)} with a lower mean error, {Count(Verdict.Worse)} with a higher one and {Count(Verdict.NotDistinguishable)} with no difference seen{(Count(Verdict.OneSeed) is > 0 and var single ? $" and {single} of one seed, which gives no verdict" : "")}{more}.";
    }
}
