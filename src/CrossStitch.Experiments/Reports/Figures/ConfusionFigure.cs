using CrossStitch.Experiments.Statistics;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Which class is taken for which.</summary>
internal static class ConfusionFigure
{
    private const int Left = 64;
    private const int Bottom = 40;
    private const int MostName = 20;

    /// <summary>Draws a panel a task, for the network that does best among those with the most tasks.</summary>
    /// <returns>Null if no network predicted a class.</returns>
    public static Figure? Of(StudyView view)
    {
        var variant = view.Representatives.OrderByDescending(variant => variant.Variant.Auxiliary.Count).FirstOrDefault();
        if (variant is null)
        {
            return null;
        }

        var tables = view.RunsOf(variant).Select(run => run.Predictions.Confusion(view.Study.Examples)).ToList();
        var panels = new List<FigurePanel>();
        foreach (var grouping in view.Study.Examples.Groupings)
        {
            var measured = tables.Where(table => table.ContainsKey(grouping.Name)).Select(table => table[grouping.Name]).ToList();
            if (measured.Count > 0)
            {
                var names = grouping.Groups.Select(name => ShownText.Of(name, MostName).Replace('-', '−')).ToList();
                var counts = names.Select((_, truth) => names.Select((_, guess) => measured.Sum(confusion => confusion[truth][guess])).ToList()).ToList();
                panels.Add(Panel(grouping.Name, names, counts));
            }
        }

        return panels.Count == 0 ? null : new Figure(
            "confusion",
            $"What {variant.Name} takes for what",
            $"A row is a true class, a column the predicted one; numbers are % of the row, over {ResultText.Plural(tables.Count, "seed")}. The diagonal is right. Classes are far from equally frequent, so a row says more than the share of all that are right.",
            $"Confusion matrices of {variant.Name} for {string.Join(", ", panels.Select(panel => panel.Title))}.",
            panels,
            [])
        { Columns = 4 };
    }

    private static FigurePanel Panel(string task, List<string> names, List<List<int>> counts)
    {
        var cell = names.Count > 2 ? 46 : 62;
        return new FigurePanel(task, Left + (names.Count * cell) + 8, (names.Count * cell) + Bottom, canvas =>
        {
            using var font = new SKFont(FigureFont.Regular, Chart.TextSize);
            using var muted = new SKPaint { Color = FigureDrawing.Of(FigurePalette.Muted), IsAntialias = true };
            for (var truth = 0; truth < names.Count; truth++)
            {
                var all = counts[truth].Sum();
                canvas.DrawText(names[truth], Left - 8, (truth * cell) + (cell / 2) + 4, SKTextAlign.Right, font, muted);
                canvas.DrawText(names[truth], Left + (truth * cell) + (cell / 2), (names.Count * cell) + 16, SKTextAlign.Center, font, muted);
                for (var guess = 0; guess < names.Count; guess++)
                {
                    var share = all == 0 ? 0 : (double)counts[truth][guess] / all;
                    using var fill = new SKPaint { Color = SKColor.Parse(FigurePalette.Heat(share)) };
                    using var ink = new SKPaint { Color = share > 0.35 ? new SKColor(254, 254, 254) : new SKColor(24, 28, 34), IsAntialias = true };
                    canvas.DrawRect(Left + (guess * cell), truth * cell, cell - 2, cell - 2, fill);
                    canvas.DrawText(all == 0 ? "–" : ResultText.Percent(share, share is > 0 and < 0.1 ? 1 : 0), Left + (guess * cell) + (cell / 2) - 1, (truth * cell) + (cell / 2) + 4, SKTextAlign.Center, font, ink);
                }
            }

            canvas.DrawText("predicted", Left + (names.Count * cell / 2), (names.Count * cell) + 34, SKTextAlign.Center, font, muted);
        });
    }
}
