using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Each task's loss over the epochs.</summary>
internal static class TrainingFigure
{
    private const int MostNamed = 5;

    /// <summary>Draws a panel a task, a line a network.</summary>
    /// <returns>Null without an epoch.</returns>
    public static Figure? Of(StudyView view)
    {
        var runs = view.Representatives.Select(variant => (Variant: variant, Runs: view.RunsOf(variant)))
            .Where(variant => variant.Runs.Any(run => run.Epochs.Count > 0)).ToList();
        var validated = runs.Count > 0 && runs.All(variant => variant.Runs.All(run => run.Epochs.All(epoch => epoch.ValidationLosses is not null)));
        var panels = view.Study.Tasks.Select(task => task.Name)
            .Select(task => Panel(task, [.. runs.Select(variant => (Color: view.ColorOf(variant.Variant), Curves: SeedCurves.Of(variant.Runs, epoch => LossOf(epoch, task, validated)))).Where(line => line.Curves is not null).Select(line => (line.Color, line.Curves!))]))
            .OfType<FigurePanel>().ToList();
        return panels.Count == 0 ? null : new Figure(
            "training",
            "Training, task by task",
            $"{(validated ? "Validation" : "Training")} loss after each epoch on a logarithmic scale. A line is the mean over seeds, its band their range. A line that turns up while others fall is a task that overfits.{Missing(runs.SelectMany(variant => variant.Runs))}",
            $"Loss over epochs of {string.Join(", ", runs.Select(variant => variant.Variant.Name))}, for {string.Join(", ", panels.Select(panel => panel.Title))}.",
            panels,
            [.. runs.Select(variant => new FigureKey(FigureMark.Line, view.ColorOf(variant.Variant), variant.Variant.Name))])
        { Columns = 3 };
    }

    /// <summary>A curve says what it lacks: it would look like a training that began later.</summary>
    private static string Missing(IEnumerable<StudyRun> runs)
    {
        var without = runs.Where(run => run.MissingEpochs > 0).ToList();
        return without.Count == 0 ? ""
            : $" The metrics of {ResultText.Plural(without.Count, "run")} are not whole, and epochs are missing from the curves: {string.Join(", ", without.Take(MostNamed).Select(run => $"{run.MissingEpochs} of {run.Result.Epochs} of {run.Folder}"))}{(without.Count > MostNamed ? " and others" : "")}.";
    }

    private static double? LossOf(EpochReport epoch, string task, bool validated) =>
        (validated ? epoch.ValidationLosses! : epoch.TaskLosses).TryGetValue(task, out var loss) && loss > 0 && double.IsFinite(loss) ? Math.Log10(loss) : null;

    private static FigurePanel? Panel(string task, IReadOnlyList<(FigureColor Color, SeedCurves Curves)> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        // The first epoch starts far above the rest; without it the scale shows where the networks differ.
        var settled = lines.SelectMany(line => line.Curves.Low.Concat(line.Curves.High).Where((_, i) => line.Curves.Low.Length < 3 || i % line.Curves.Low.Length > 0)).ToList();
        var (low, high) = (settled.Min(), settled.Max());
        var pad = Math.Max(0.02, 0.06 * (high - low));
        return Chart.Panel(task, 350, 250, chart =>
        {
            var last = lines.Max(line => line.Curves.Epochs[^1]);
            chart.Span(1, Math.Max(2, last), low - pad, high + pad).Room(58, 10, 42, 8)
                .Across("epoch", "#,0").UpTicks("loss", LogTicks.Between(low - pad, high + pad));
            foreach (var (color, curves) in lines)
            {
                chart.Band(curves.Epochs, curves.Low, curves.High, color, 0.15);
                chart.Line(curves.Epochs, curves.Mean, color, 1.75f);
            }
        });
    }
}
