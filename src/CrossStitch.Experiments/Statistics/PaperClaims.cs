namespace CrossStitch.Experiments.Statistics;

/// <summary>The claims about errors that the paper makes in words, checked by a study's comparisons of the mean error.</summary>
internal static class PaperClaims
{
    private const string Single = "single";

    /// <summary>Checks the claims.</summary>
    /// <param name="errors">The errors of all runs.</param>
    /// <param name="againstBaseline">The comparisons of every network with the baseline, corrected together.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    public static IReadOnlyList<ClaimCheck> Check(ErrorTable errors, IReadOnlyList<PairedComparison> againstBaseline, long seed)
    {
        var related = PairedByTasks(errors, "related-cross-stitch", "cross-stitch", seed);
        return
        [
            Check(
                "6.1",
                "Compared to the single task facial landmark detection baseline, split networks perform worse on facial landmark detection.",
                Starting(againstBaseline, "split-"),
                Verdict.Worse,
                $"split networks against {Single}"),
            Check(
                "6.2",
                "Depending on which facial landmark, the performance of the Weight regularized Network with Cross-stitch is similar to the single task facial landmark detection baseline on average.",
                Starting(againstBaseline, "related-cross-stitch-"),
                Verdict.NotDistinguishable,
                $"related cross-stitch networks against {Single}"),
            Check(
                "6.2",
                "Though, the Weight regularized Network with Cross-stitch shows improvements over the Cross-stitch Network.",
                related,
                Verdict.Better,
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

    private static ClaimCheck Check(string section, string quote, IReadOnlyList<PairedComparison> comparisons, Verdict claimed, string what)
    {
        var asClaimed = comparisons.Count(comparison => comparison.Verdict == claimed);
        var opposed = comparisons.Count(comparison => comparison.Verdict != claimed && (claimed == Verdict.NotDistinguishable || comparison.Verdict != Verdict.NotDistinguishable));
        var finding = comparisons.Count == 0 ? ClaimFinding.NotTested
            : asClaimed == comparisons.Count ? ClaimFinding.Holds
            : asClaimed > 0 ? ClaimFinding.HoldsInPart
            : opposed > 0 ? ClaimFinding.Contradicted
            : ClaimFinding.NotShown;
        return new ClaimCheck(section, quote, finding, comparisons, Sentence(finding, comparisons, what));
    }

    private static string Sentence(ClaimFinding finding, IReadOnlyList<PairedComparison> comparisons, string what)
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
            $"{lead}: of {comparisons.Count} {what}, {Count(Verdict.Better)} with a lower mean error, {Count(Verdict.Worse)} with a higher one and {Count(Verdict.NotDistinguishable)} not distinguishable.";
    }
}
