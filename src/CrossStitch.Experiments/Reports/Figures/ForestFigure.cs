using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Every network's paired difference from the baseline, with its interval: the verdict at a glance.</summary>
internal static class ForestFigure
{
    /// <summary>Draws it.</summary>
    /// <param name="variants">The networks; those without a comparison are left out.</param>
    /// <returns>Null if none was compared.</returns>
    public static Figure? Of(IReadOnlyList<VariantSummary> variants)
    {
        var rows = variants.Where(variant => variant.AgainstBaseline is not null).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        var counts = rows.CountBy(row => row.AgainstBaseline!.Verdict).ToDictionary();
        var summary = string.Join(", ", Enum.GetValues<Verdict>().Select(verdict => $"{counts.GetValueOrDefault(verdict)} {ResultText.Of(verdict)}"));
        var chart = new RowChart([.. rows.Select(Row)], "difference in mean error, % of box width", "+#,0.##;−#,0.##;0", 0) { SaysBetter = true, NumberRoom = 176 };
        return new Figure(
            "differences",
            "Each network against the single-task baseline",
            "Mean error less the baseline's of the same seeds and faces, in % of the box width; left of the line is better. Bars are 95 % intervals over faces and seeds. A filled dot is a difference that stands after correction for all the comparisons; an open one could be chance.",
            $"Differences in mean error of {ResultText.Plural(rows.Count, "network")} from the baseline: {summary}.",
            [chart.Wide()],
            [.. rows.Select(row => row.Network).Distinct().Select(network => new FigureKey(FigureMark.Dot, FigurePalette.Of(network), Words.Of(network)))])
        { Columns = 1, Narrow = chart.Narrow() };
    }

    private static RowChart.Row Row(VariantSummary variant)
    {
        var comparison = variant.AgainstBaseline!;
        return new RowChart.Row(
            $"{Words.Of(variant.Network)}, {Words.Of(variant.Auxiliary)}",
            FigurePalette.Of(variant.Network),
            100 * comparison.Interval.Low,
            100 * comparison.Difference,
            100 * comparison.Interval.High,
            comparison.Verdict == Verdict.NotDistinguishable,
            $"{ResultText.Difference(comparison)} [{ResultText.Signed(comparison.Interval.Low)}, {ResultText.Signed(comparison.Interval.High)}]");
    }
}
