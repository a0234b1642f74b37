using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>The main measure of the variants that answer a question.</summary>
internal static class QuestionFigure
{
    /// <summary>Draws a row a variant; the first, which the others are compared with, as a line through all.</summary>
    /// <returns>Null with fewer than two variants.</returns>
    public static Figure? Of(StudyView view, QuestionAnswer answer)
    {
        if (view.MeasuresOf(answer.Question) is not [var main, ..])
        {
            return null;
        }

        var rows = answer.Variants.Where(variant => variant.Of(main.Name) is not null).ToList();
        if (rows.Count < 2)
        {
            return null;
        }

        var axis = main.Unit.Length > 0 ? $"{main.Title}, {main.Unit}" : main.Title;
        var chart = new RowChart([.. rows.Select(Row)], axis, "#,0.###", main.Factor * rows[0].Mean(main)) { NameRoom = 310 };
        return new Figure(
            $"question-{answer.Question.Id}",
            answer.Question.Title,
            $"{char.ToUpperInvariant(main.Title[0])}{main.Title[1..]} with its 95 % interval over seeds. The line is the variant that the others are compared with.",
            string.Join(", ", rows.Select(row => $"{row.Name} {ResultText.AmountWithUnit(row.Mean(main), main)}")) + ".",
            [chart.Wide()],
            [])
        { Columns = 1, Narrow = chart.Narrow() };

        RowChart.Row Row(VariantSummary variant)
        {
            var ends = Words.Ends(variant.Of(main.Name)!);
            return new RowChart.Row(variant.Name, view.ColorOf(variant), main.Factor * ends[0], main.Factor * variant.Mean(main), main.Factor * ends[^1]);
        }
    }
}
