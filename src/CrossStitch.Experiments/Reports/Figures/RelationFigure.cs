using CrossStitch.Experiments.Statistics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>How the weight relation's a and b move over the epochs (section 6.3).</summary>
internal static class RelationFigure
{
    /// <summary>Draws a panel for a and one for b, a line a layer.</summary>
    /// <param name="view">The study.</param>
    /// <param name="summary">Which variant.</param>
    /// <returns>Null if it was not trained or its weights are not tied.</returns>
    public static Figure? Of(StudyView view, VariantSummary summary)
    {
        var (runs, stated) = (view.RunsOf(summary), view.Study.Domain.StatedScales);
        var layers = runs.SelectMany(run => run.Epochs).FirstOrDefault()?.Relation.Where(relation => relation.Pair == 0).Select(relation => relation.Layer).ToList() ?? [];
        if (layers.Count == 0)
        {
            return null;
        }

        var variant = summary.Name;
        var scales = Curves(relation => relation.Scale);
        var shifts = Curves(relation => relation.Shift);
        if (scales.Count < layers.Count || shifts.Count < layers.Count)
        {
            return null;
        }

        var hasStated = stated.Count == layers.Count;
        return new Figure(
            $"relation-{variant}",
            $"How {variant} relates its towers' weights",
            "a and b of eq. 7 for each layer, mean over seeds with their range: the penalty pulls a·W¹ + b towards W². They start at 1 and 0." + (hasStated ? " Diamonds: where the paper's a end (section 6.3), which it reads as later layers being more alike." : ""),
            $"Final a by layer: {string.Join(", ", layers.Zip(scales, (layer, curve) => $"{layer} {ResultText.Number(curve.Mean[^1], 3)}"))}. Final b: {string.Join(", ", layers.Zip(shifts, (layer, curve) => $"{layer} {ResultText.Number(curve.Mean[^1], 4)}"))}.",
            [Panel("a", "#,0.###", scales, hasStated ? stated : []), Panel("b", "#,0.####", shifts, [])],
            [
                .. layers.Select((layer, i) => new FigureKey(FigureMark.Line, FigurePalette.Series(i), layer)),
                .. hasStated ? [new FigureKey(FigureMark.Diamond, FigurePalette.Muted, "the paper's a, in the layer's colour")] : Array.Empty<FigureKey>(),
            ]);

        List<SeedCurves> Curves(Func<RelationSummary, double> measure) =>
            [.. layers.Select((_, layer) => SeedCurves.Of(runs, epoch => measure(epoch.Relation[layer]))).OfType<SeedCurves>()];
    }

    private static FigurePanel Panel(string name, string format, List<SeedCurves> curves, IReadOnlyList<double> stated) => Chart.Panel(name, 480, 300, chart =>
    {
        var last = curves.Max(curve => curve.Epochs[^1]);
        var ends = curves.SelectMany(curve => curve.Low.Concat(curve.High)).Concat(stated).ToList();
        var pad = Math.Max(1e-3, 0.08 * (ends.Max() - ends.Min()));
        var right = Math.Max(2, last) * (stated.Count > 0 ? 1.06 : 1.02);
        chart.Span(1, right, ends.Min() - pad, ends.Max() + pad).Room(58, 46, 42, 8).Across("epoch", "#,0").Up(name, format);
        for (var i = 0; i < curves.Count; i++)
        {
            chart.Band(curves[i].Epochs, curves[i].Low, curves[i].High, FigurePalette.Series(i));
            chart.Line(curves[i].Epochs, curves[i].Mean, FigurePalette.Series(i), 1.75f);
            if (i < stated.Count)
            {
                chart.Mark(last * 1.035, stated[i], FigurePalette.Series(i), FigureMark.Diamond, 9);
            }
        }
    });
}
