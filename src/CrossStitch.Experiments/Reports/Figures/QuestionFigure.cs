using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>The mean errors of the variants that answer a question of section 6.4.</summary>
internal static class QuestionFigure
{
    /// <summary>Draws a row a variant; the first, which the others are compared with, as a line through all.</summary>
    /// <returns>Null with fewer than two variants.</returns>
    public static Figure? Of(QuestionAnswer answer)
    {
        var rows = answer.Variants;
        if (rows.Count < 2)
        {
            return null;
        }

        var ends = rows.SelectMany(row => Words.Ends(row.MeanError)).Select(end => 100 * end).ToList();
        var pad = Math.Max(0.02, 0.08 * (ends.Max() - ends.Min()));
        return new Figure(
            $"question-{answer.Question.Id}",
            answer.Question.Title,
            "Mean error with its 95 % interval over seeds. The line is the variant that the others are compared with.",
            string.Join(", ", rows.Select(row => $"{row.Variant} {Words.Percent(row.MeanError.Mean)} %")) + " of the box width.",
            [Chart.Panel("", 860, 54 + (26 * rows.Count), chart =>
            {
                chart.Span(ends.Min() - pad, ends.Max() + pad, -0.6, rows.Count - 0.4).Room(310, 12, 44, 6)
                    .Across("mean error, % of box width").UpNames("", rows.Select((row, i) => ((double)(rows.Count - 1 - i), row.Variant)));
                chart.Segment(100 * rows[0].MeanError.Mean, -0.6, 100 * rows[0].MeanError.Mean, rows.Count - 0.4, FigurePalette.Muted, 1.25f);
                for (var i = 0; i < rows.Count; i++)
                {
                    var (y, color, error) = (rows.Count - 1 - i, FigurePalette.Of(rows[i].Network), rows[i].MeanError);
                    if (error.Interval is { } interval)
                    {
                        chart.Segment(100 * interval.Low, y, 100 * interval.High, y, color);
                    }

                    chart.Mark(100 * error.Mean, y, color);
                }
            })],
            [])
        { Columns = 1 };
    }
}
