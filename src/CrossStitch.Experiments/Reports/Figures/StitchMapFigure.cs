using CrossStitch.Experiments.Statistics;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>α of every channel at the end, as a heat map (section 6.3).</summary>
internal static class StitchMapFigure
{
    /// <summary>More towers than this are no figure.</summary>
    private const int MostTowers = 3;

    private const int Side = 860;
    private const int RowHeight = 18;
    private const int NameWidth = 48;

    private static readonly double[] Scale = [0, 0.25, 0.5, 0.75, 1];

    /// <summary>Draws the first seed of a variant.</summary>
    /// <returns>Null if it was not trained, nothing is mixed in it, or its final weights are not there.</returns>
    public static Figure? Of(StudyView view, VariantSummary variant)
    {
        var run = view.RunsOf(variant) is [var first, ..] ? first : null;
        if (run is null || StitchChannels.Load(view.Study, run) is not { Count: > 0 } units || run.Recipe.Groups.Count > MostTowers)
        {
            return null;
        }

        var (pairs, groups) = (TowerPair.All(run.Recipe.Groups.Count), run.Recipe.Groups.Select(group => group.Name).ToList());
        var values = units.SelectMany(unit => unit.Rows).SelectMany(row => row).ToList();
        var (low, high) = (Math.Min(0, values.Min()), Math.Max(1, values.Max()));
        return new Figure(
            $"channels-{variant.Name}",
            $"What each channel of {variant.Name} mixes, at the end",
            $"α of every channel of every unit after training (seed {run.Result.Seed}); a column is a channel, sorted by what the first tower keeps of itself. Darker is more. Rows: {string.Join(", ", pairs.Select(pair => pair.Words(groups)))}.",
            $"Range of α by unit: {string.Join("; ", units.Select(unit => $"{unit.Layer} {ResultText.Number(unit.Rows.Min(row => row.Min()))} to {ResultText.Number(unit.Rows.Max(row => row.Max()))}"))}.",
            [.. units.Select(unit => new FigurePanel($"{unit.Layer}, {ResultText.Plural(unit.Rows[0].Count, "channel")}", Side, (pairs.Count * RowHeight) + 4, canvas => Draw(canvas, unit, pairs, low, high)))],
            [.. Scale.Select(share => new FigureKey(FigureMark.Square, new FigureColor(FigurePalette.Heat(share), FigurePalette.Heat(share)), ResultText.Number(low + (share * (high - low)))))])
        { Columns = 1 };
    }

    private static void Draw(SKCanvas canvas, StitchChannels unit, IReadOnlyList<TowerPair> pairs, double low, double high)
    {
        using var font = new SKFont(FigureFont.Regular, Chart.TextSize);
        using var ink = new SKPaint { Color = FigureDrawing.Of(FigurePalette.Muted), IsAntialias = true };
        var order = Enumerable.Range(0, unit.Rows[0].Count).OrderByDescending(channel => unit.Rows[0][channel]).ToList();
        var width = (float)(Side - NameWidth) / order.Count;
        for (var row = 0; row < pairs.Count; row++)
        {
            canvas.DrawText(pairs[row].Symbol, 0, (row * RowHeight) + 13, font, ink);
            for (var column = 0; column < order.Count; column++)
            {
                using var paint = new SKPaint { Color = SKColor.Parse(FigurePalette.Heat((unit.Rows[row][order[column]] - low) / (high - low))) };

                // To the edge of a pixel, or the paper shows between some columns.
                var (left, right) = (MathF.Round(column * width), MathF.Round((column + 1) * width));
                canvas.DrawRect(NameWidth + left, row * RowHeight, right - left, RowHeight - 2, paint);
            }
        }
    }
}
