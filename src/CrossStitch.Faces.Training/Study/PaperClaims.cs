using System.Globalization;

namespace CrossStitch.Experiments.Statistics;

/// <summary>The claims about errors that the paper makes in words, checked by a study's comparisons of the mean error.</summary>
internal static class PaperClaims
{
    /// <summary>
    /// A network is called similar to another where the whole interval of their difference is within this share of the
    /// other's mean error. A difference that is merely not shown is not similarity: a small study shows none.
    /// </summary>
    public const double SimilarWithin = 0.05;

    private const string Single = "single";

    /// <summary>Whether a comparison says what a claim does, or its opposite, or neither.</summary>
    private enum Says
    {
        Neither,
        TheClaim,
        TheOpposite,
    }

    /// <summary>Checks the claims.</summary>
    /// <param name="errors">The errors of all runs.</param>
    /// <param name="againstBaseline">The comparisons of every network with the baseline, corrected together.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    public static IReadOnlyList<ClaimCheck> Check(ErrorTable errors, IReadOnlyList<PairedComparison> againstBaseline, long seed)
    {
        var related = Starting(againstBaseline, "related-cross-stitch-");
        Says Similar(PairedComparison comparison) => PaperClaims.Similar(comparison, errors);
        return
        [
            Check(
                "6.1",
                "Compared to the single task facial landmark detection baseline, split networks perform worse on facial landmark detection.",
                Starting(againstBaseline, "split-"),
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
                PairedByTasks(errors, "related-cross-stitch", "cross-stitch", seed),
                Better,
                "related cross-stitch networks against the same without the relation"),
        ];
    }

    private static List<PairedComparison> Starting(IEnumerable<PairedComparison> comparisons, string name) =>
        [.. comparisons.Where(comparison => comparison.Variant.StartsWith(name, StringComparison.Ordinal))];

    /// <summary>Two networks compared for each set of auxiliary tasks, the sets being one family.</summary>
    private static IReadOnlyList<PairedComparison> PairedByTasks(ErrorTable errors, string network, string other, long seed) =>
        ComparisonFamily.Of(
            errors,
            [.. Recipes.FaceTasks.AllAuxiliary.Select(Recipes.FaceTasks.Name).Append("all").Select(tasks => ($"{network}-{tasks}", $"{other}-{tasks}"))],
            Measure.MeanError,
            seed);

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

    private static Says Similar(PairedComparison comparison, ErrorTable errors)
    {
        var margin = SimilarWithin * errors.SeedMeans(comparison.Baseline, comparison.Measure).Values.Average();
        return comparison.Interval.Low > -margin && comparison.Interval.High < margin ? Says.TheClaim
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
            $"{lead}: of {comparisons.Count} {what}, {Count(Verdict.Better)} with a lower mean error, {Count(Verdict.Worse)} with a higher one and {Count(Verdict.NotDistinguishable)} with no difference seen{more}.";
    }
}
