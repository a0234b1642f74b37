using CrossStitch.Experiments.Scores;

namespace CrossStitch.Experiments.Statistics;

/// <summary>Comparisons that are made together, and so are corrected together.</summary>
public static class ComparisonFamily
{
    /// <summary>Compares variants with a baseline.</summary>
    /// <param name="scores">The scores of all runs.</param>
    /// <param name="baseline">What the others are compared with.</param>
    /// <param name="variants">The others; those that have no seed in common with the baseline are left out.</param>
    /// <param name="measure">What they are compared by.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    public static IReadOnlyList<PairedComparison> Of(ScoreSet scores, string baseline, IEnumerable<string> variants, Measure measure, long seed) =>
        Of(scores, [.. variants.Where(variant => variant != baseline).Select(variant => (variant, baseline))], measure, seed, apart: false);

    /// <summary>Compares pairs of variants.</summary>
    /// <param name="scores">The scores of all runs.</param>
    /// <param name="pairs">Each variant with its baseline; those that have no seed in common are left out.</param>
    /// <param name="measure">What they are compared by.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    /// <param name="apart">
    /// Whether a seed may do one thing to networks that are compared with one another and another thing to the rest, as one that
    /// also chooses which examples keep their labels, where shares of labels are compared. How far seeds differ is then learned
    /// within each such table, and from all pairs together that share no network with others; otherwise from all networks.
    /// </param>
    public static IReadOnlyList<PairedComparison> Of(ScoreSet scores, IReadOnlyList<(string Variant, string Baseline)> pairs, Measure measure, long seed, bool apart)
    {
        var compared = pairs
            .Select(pair => (Pair: pair, Differences: scores.Between(pair.Variant, pair.Baseline, measure)!))
            .Where(pair => pair.Differences is not null)
            .ToList();
        var family = Spreads(scores, [.. compared.Select(pair => pair.Pair)], measure, apart);
        var spreads = compared.Select(pair => SeedSpread.Cautious(SeedSpread.Of(pair.Differences), family(pair.Pair.Variant))).ToList();
        var tests = compared.Select((pair, i) => PairedTest.Of(pair.Differences, spreads[i])).ToList();
        var adjusted = HolmCorrection.Adjust([.. tests.Select(test => test.PValue)]);
        return [.. compared.Select((pair, i) =>
        {
            var comparison = new PairedComparison(
                pair.Pair.Variant,
                pair.Pair.Baseline,
                measure,
                pair.Differences.SeedMeans.Count,
                pair.Differences.ExampleMeans.Count,
                pair.Differences.Mean,
                PairedBootstrap.Interval95(pair.Differences, seed, spread: spreads[i]),
                tests[i].PValue,
                adjusted[i],
                pair.Differences.SeedMeans.Count == 1 ? Verdict.OneSeed : VerdictOf(measure.HigherIsBetter ? -pair.Differences.Mean : pair.Differences.Mean, adjusted[i]),
                TestPower.SeedsNeeded(pair.Differences.Mean, spreads[i]),
                "");
            return comparison with { Sentence = ComparisonWords.Sentence(comparison, compared.Count) };
        })];
    }

    /// <summary>The spread of seeds to judge a variant's comparison by.</summary>
    private static Func<string, SeedSpread?> Spreads(ScoreSet scores, IReadOnlyList<(string Variant, string Baseline)> pairs, Measure measure, bool apart)
    {
        SeedSpread? Of(IEnumerable<string> networks) => SeedSpread.Pooled([.. networks.Select(network => scores.SeedMeans(network, measure))]);
        if (!apart)
        {
            var all = Of(pairs.SelectMany(pair => new[] { pair.Baseline, pair.Variant }).Distinct());
            return _ => all;
        }

        // Two networks know next to nothing of how far seeds differ; a larger table knows enough, and need not be like the others.
        var tables = Tables(pairs).Select(table => (Networks: table, Spread: Of(table))).ToList();
        var ofTwo = SeedSpread.Together(tables.Where(table => table.Networks.Count == 2).Select(table => table.Spread));
        return variant => tables.First(table => table.Networks.Contains(variant)) is { Networks.Count: > 2, Spread: var own } ? own : ofTwo;
    }

    /// <summary>The networks that are compared with one another, directly or through others.</summary>
    private static List<HashSet<string>> Tables(IReadOnlyList<(string Variant, string Baseline)> pairs)
    {
        List<HashSet<string>> tables = [];
        foreach (var (variant, baseline) in pairs)
        {
            HashSet<string> joined = [variant, baseline];
            foreach (var table in tables.Where(table => table.Overlaps(joined)).ToList())
            {
                joined.UnionWith(table);
                tables.Remove(table);
            }

            tables.Add(joined);
        }

        return tables;
    }

    private static Verdict VerdictOf(double difference, double p) =>
        p >= PairedTest.Level ? Verdict.NotDistinguishable : difference < 0 ? Verdict.Better : Verdict.Worse;
}
