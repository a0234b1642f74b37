namespace CrossStitch.Experiments.Statistics;

/// <summary>Comparisons in sentences.</summary>
internal static class ComparisonWords
{
    /// <summary>Beyond this the number is no plan any more.</summary>
    private const int MostSeeds = 1000;

    private const string OneSeed = "this speaks of these trained networks on other examples, not of networks trained with other seeds";

    /// <summary>One comparison in a sentence.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="family">How many comparisons it was corrected for.</param>
    public static string Sentence(PairedComparison comparison, int family) =>
        comparison.Verdict == Statistics.Verdict.OneSeed
            ? $"{comparison.Variant} has one seed in common with {comparison.Baseline}, which gives no verdict: {Evidence(comparison, family)}; {OneSeed}."
            : $"{comparison.Variant} is {Verdict(comparison.Verdict)} {comparison.Baseline}: {Evidence(comparison, family)}{Tail(comparison)}.";

    /// <summary>A family of comparisons in two sentences: the best of them, and how many are better, worse, or neither.</summary>
    /// <param name="comparisons">The family, all with one baseline; at least one.</param>
    public static string Summary(IReadOnlyList<PairedComparison> comparisons)
    {
        if (comparisons.Count == 1)
        {
            return comparisons[0].Sentence;
        }

        var (best, baseline) = (Best(comparisons), comparisons[0].Baseline);
        var lead = best.Verdict switch
        {
            Statistics.Verdict.Better => $"{best.Variant} does best and is better than {baseline}",
            Statistics.Verdict.OneSeed => $"One seed gives no verdict; {best.Variant} did best beside {baseline}",
            Statistics.Verdict.Worse => $"All {comparisons.Count} are worse than {baseline}, {best.Variant} the least",
            _ => $"None of the {comparisons.Count} is shown to be better than {baseline}; the nearest to it is {best.Variant}",
        };
        return $"{lead}: {Evidence(best, comparisons.Count)}. {Counts(comparisons)}.";
    }

    /// <summary>A family of comparisons, each with a baseline of its own: how many are better, worse or neither, and the one to name first.</summary>
    /// <param name="comparisons">The family; at least one.</param>
    public static string SummaryOfPairs(IReadOnlyList<PairedComparison> comparisons)
    {
        int Count(Verdict verdict) => comparisons.Count(comparison => comparison.Verdict == verdict);
        var without = Count(Statistics.Verdict.OneSeed) is > 0 and var count ? $", {count} without a verdict for want of a second seed" : "";
        return comparisons.Count == 1 ? comparisons[0].Sentence
            : $"Of {comparisons.Count} comparisons, each with the network beside it, {Count(Statistics.Verdict.Better)} came out better, {Count(Statistics.Verdict.Worse)} worse and "
            + $"{Count(Statistics.Verdict.NotDistinguishable)} with no difference seen{without}. {Best(comparisons).Sentence}";
    }

    /// <summary>The comparison to name first: of those that are better, else with no difference seen, else without a verdict, else worse, the one that does best.</summary>
    /// <param name="comparisons">At least one.</param>
    public static PairedComparison Best(IReadOnlyList<PairedComparison> comparisons) => comparisons
        .OrderBy(comparison => comparison.Verdict switch { Statistics.Verdict.Better => 0, Statistics.Verdict.NotDistinguishable => 1, Statistics.Verdict.OneSeed => 2, _ => 3 })
        .ThenBy(comparison => comparison.Measure.HigherIsBetter ? -comparison.Difference : comparison.Difference)
        .First();

    /// <summary>The numbers of a comparison: "its mean error is 0.15 % of the box width lower (95 % interval −0.27 to −0.03, p = …)".</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="family">How many comparisons it was corrected for.</param>
    public static string Evidence(PairedComparison comparison, int family)
    {
        var measure = comparison.Measure;
        var unit = measure.DifferenceUnit.Length > 0 ? $" {measure.DifferenceUnit}" : "";
        var p = family == 1 ? P(comparison.PValue) : $"{P(comparison.PValue)}, corrected for {family} comparisons {P(comparison.AdjustedPValue)}";
        var by = comparison.Difference == 0 ? "the same" : $"{ResultText.Amount(Math.Abs(comparison.Difference), measure)}{unit} {(comparison.Difference < 0 ? "lower" : "higher")}";
        return $"its {measure.Title} is {by} (95 % interval {ResultText.Interval(comparison)}, {p}; {Sample(comparison)})";
    }

    /// <summary>How many are better, worse, or neither; without a second seed, that this cannot be said.</summary>
    /// <param name="comparisons">At least one.</param>
    public static string Counts(IReadOnlyList<PairedComparison> comparisons)
    {
        int Count(Verdict verdict) => comparisons.Count(comparison => comparison.Verdict == verdict);
        var fewest = comparisons.Min(comparison => comparison.Seeds);
        var most = comparisons.Max(comparison => comparison.Seeds);
        if (most == 1)
        {
            return $"{comparisons.Count} {(comparisons.Count == 1 ? "is" : "are")} compared with {comparisons[0].Baseline} with one seed, so {OneSeed}";
        }

        var single = Count(Statistics.Verdict.OneSeed) is > 0 and var count ? $", {count} without a verdict for want of a second seed" : "";
        var seeds = fewest == most ? $"over {most} seeds" : $"over {fewest} to {most} seeds";
        return $"Of {comparisons.Count} compared with {comparisons[0].Baseline}, {Count(Statistics.Verdict.Better)} came out better, "
            + $"{Count(Statistics.Verdict.Worse)} worse and {Count(Statistics.Verdict.NotDistinguishable)} with no difference seen{single}, {seeds}";
    }

    /// <summary>How many seeds would show a difference that was not seen: "about 12 seeds"; null where that is not known or they are there.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string? SeedsNeeded(PairedComparison comparison) => comparison switch
    {
        { Verdict: not Statistics.Verdict.NotDistinguishable } or { SeedsNeeded: null } => null,
        { SeedsNeeded: { } needed } when needed <= comparison.Seeds => null,
        { SeedsNeeded: > MostSeeds } => $"more than {ResultText.Plural(MostSeeds, "seed")}",
        { SeedsNeeded: { } needed } => $"about {ResultText.Plural(needed, "seed")}",
    };

    private static string Verdict(Verdict verdict) => verdict switch
    {
        Statistics.Verdict.Better => "better than",
        Statistics.Verdict.Worse => "worse than",
        _ => "not seen to differ from",
    };

    private static string P(double p) => p < 0.001 ? $"p {ResultText.P(p)}" : $"p = {ResultText.P(p)}";

    private static string Sample(PairedComparison comparison) =>
        $"{ResultText.Plural(comparison.Seeds, "seed")}, {ResultText.Plural(comparison.Examples, "test example")}";

    private static string Tail(PairedComparison comparison) => comparison switch
    {
        _ when SeedsNeeded(comparison) is { } seeds => $"; {seeds} would be needed to see a difference of this size",
        _ => "",
    };
}
