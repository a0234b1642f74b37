using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using ScottPlot;

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
        var summary = $"{counts.GetValueOrDefault(Verdict.Better)} better, {counts.GetValueOrDefault(Verdict.Worse)} worse, {counts.GetValueOrDefault(Verdict.NotDistinguishable)} not to be told from it";
        return new Figure(
            "differences",
            "Each network against the single-task baseline",
            "Mean error less the baseline's of the same seeds and faces, in % of the box width; left of the line is better. Bars are 95 % intervals over faces and seeds. A filled dot is a difference that stands after correction for all the comparisons; an open one could be chance.",
            $"Differences in mean error of {Words.Plural(rows.Count, "network")} from the baseline: {summary}.",
            [Panel(rows)],
            [.. rows.Select(row => row.Network).Distinct().Select(network => new FigureKey(FigureMark.Dot, FigurePalette.Of(network), Words.Of(network)))])
        { Columns = 1 };
    }

    private static FigurePanel Panel(List<VariantSummary> rows) => Chart.Panel("", 860, 74 + (23 * rows.Count), chart =>
    {
        var ends = rows.SelectMany(row => new[] { row.AgainstBaseline!.Interval.Low, row.AgainstBaseline.Interval.High, 0 }).Select(end => 100 * end).ToList();
        var pad = Math.Max(0.02, 0.06 * (ends.Max() - ends.Min()));
        var (left, right, top) = (ends.Min() - pad, ends.Max() + pad, rows.Count + 0.6);
        chart.Span(left, right, -0.7, top).Room(176, 176, 44, 6);
        chart.Across("difference in mean error, % of box width", "+0.##;−0.##;0");
        chart.UpNames("", rows.Select((row, i) => ((double)Y(i), $"{Words.Of(row.Network)}, {Words.Of(row.Auxiliary)}")));
        chart.Segment(0, -0.7, 0, top, FigurePalette.Of(NetworkKind.Single), 1.5f);
        chart.Text("← better", 0, top - 0.1, FigurePalette.Muted, Alignment.UpperRight, offset: -8);
        chart.Text("worse →", 0, top - 0.1, FigurePalette.Muted, Alignment.UpperLeft, offset: 8);
        for (var i = 0; i < rows.Count; i++)
        {
            var (comparison, color) = (rows[i].AgainstBaseline!, FigurePalette.Of(rows[i].Network));
            chart.Segment(100 * comparison.Interval.Low, Y(i), 100 * comparison.Interval.High, Y(i), color);
            chart.Mark(100 * comparison.Difference, Y(i), color, comparison.Verdict == Verdict.NotDistinguishable ? FigureMark.Ring : FigureMark.Dot);
            chart.Text(Numbers(comparison), right, Y(i), FigurePalette.Ink, Alignment.MiddleLeft, offset: 10);
        }

        int Y(int row) => rows.Count - 1 - row;
    });

    private static string Numbers(PairedComparison comparison) =>
        $"{Words.Signed(comparison.Difference)} [{Words.Signed(comparison.Interval.Low)}, {Words.Signed(comparison.Interval.High)}]";
}
