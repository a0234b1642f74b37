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

        var chart = new RowChart([.. rows.Select(Row)], "mean error, % of box width", "#,0.##", 100 * rows[0].MeanError.Mean) { NameRoom = 310 };
        return new Figure(
            $"question-{answer.Question.Id}",
            answer.Question.Title,
            "Mean error with its 95 % interval over seeds. The line is the variant that the others are compared with.",
            string.Join(", ", rows.Select(row => $"{row.Variant} {ResultText.Percent(row.MeanError.Mean)} %")) + " of the box width.",
            [chart.Wide()],
            [])
        { Columns = 1, Narrow = chart.Narrow() };
    }

    private static RowChart.Row Row(VariantSummary variant)
    {
        var ends = Words.Ends(variant.MeanError);
        return new RowChart.Row(variant.Variant, FigurePalette.Of(variant.Network), 100 * ends[0], 100 * variant.MeanError.Mean, 100 * ends[^1]);
    }
}
