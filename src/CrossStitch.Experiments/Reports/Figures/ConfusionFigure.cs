using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Which class is taken for which.</summary>
internal static class ConfusionFigure
{
    private const int Left = 64;
    private const int Bottom = 40;

    /// <summary>Draws a panel a task, for the network with the lowest error among those with the most tasks.</summary>
    /// <returns>Null if no network predicted an attribute.</returns>
    public static Figure? Of(StudyView view)
    {
        var variant = view.Representatives.Where(variant => variant.Auxiliary.Count > 0)
            .OrderByDescending(variant => variant.Auxiliary.Count).ThenBy(variant => variant.MeanError.Mean).FirstOrDefault();
        if (variant is null)
        {
            return null;
        }

        var tests = view.RunsOf(variant).Select(view.Evaluate).ToList();
        var panels = new List<FigurePanel>();
        foreach (var task in variant.Auxiliary)
        {
            var measured = tests.Select(test => FaceTasks.EvaluationOf(task, test.Overall)).OfType<Faces.Training.Metrics.AttributeEvaluation>().Select(evaluation => evaluation.Confusion).ToList();
            if (measured.Count > 0)
            {
                var names = FaceTasks.ClassNames(task).Select(name => name.Replace('-', '−')).ToList();
                var counts = names.Select((_, truth) => names.Select((_, guess) => measured.Sum(confusion => confusion[truth][guess])).ToList()).ToList();
                panels.Add(Panel(FaceTasks.Name(task), names, counts));
            }
        }

        return panels.Count == 0 ? null : new Figure(
            "confusion",
            $"What {variant.Variant} takes for what",
            $"A row is a true class, a column the predicted one; numbers are % of the row's faces, over {ResultText.Plural(tests.Count, "seed")}. The diagonal is right. Classes are far from equally frequent, so a row says more than the share of all faces that are right.",
            $"Confusion matrices of {variant.Variant} for {string.Join(", ", panels.Select(panel => panel.Title))}.",
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
                var faces = counts[truth].Sum();
                canvas.DrawText(names[truth], Left - 8, (truth * cell) + (cell / 2) + 4, SKTextAlign.Right, font, muted);
                canvas.DrawText(names[truth], Left + (truth * cell) + (cell / 2), (names.Count * cell) + 16, SKTextAlign.Center, font, muted);
                for (var guess = 0; guess < names.Count; guess++)
                {
                    var share = faces == 0 ? 0 : (double)counts[truth][guess] / faces;
                    using var fill = new SKPaint { Color = SKColor.Parse(FigurePalette.Heat(share)) };
                    using var ink = new SKPaint { Color = share > 0.35 ? new SKColor(254, 254, 254) : new SKColor(24, 28, 34), IsAntialias = true };
                    canvas.DrawRect(Left + (guess * cell), truth * cell, cell - 2, cell - 2, fill);
                    canvas.DrawText(faces == 0 ? "–" : ResultText.Percent(share, share is > 0 and < 0.1 ? 1 : 0), Left + (guess * cell) + (cell / 2) - 1, (truth * cell) + (cell / 2) + 4, SKTextAlign.Center, font, ink);
                }
            }

            canvas.DrawText("predicted", Left + (names.Count * cell / 2), (names.Count * cell) + 34, SKTextAlign.Center, font, muted);
        });
    }
}
