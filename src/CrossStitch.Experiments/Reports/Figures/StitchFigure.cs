using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>What the cross-stitch units learn: their α over the epochs (section 6.3).</summary>
internal static class StitchFigure
{
    /// <summary>More towers than this are no figure.</summary>
    private const int MostTowers = 3;

    /// <summary>Draws a panel a unit, for one variant.</summary>
    /// <returns>Null if it was not trained or nothing is mixed in it.</returns>
    public static Figure? Of(StudyView view, VariantSummary summary)
    {
        var runs = view.RunsOf(summary);
        var first = runs.SelectMany(run => run.Epochs).FirstOrDefault()?.Stitches ?? [];
        if (first.Count == 0 || first[0].Mean.Count > MostTowers)
        {
            return null;
        }

        var (pairs, groups) = (TowerPair.All(first[0].Mean.Count), runs[0].Recipe.Groups.Select(group => group.Name).ToList());
        var lines = first.Select((stitch, unit) => (stitch.Layer, Curves: pairs.Select(pair =>
            SeedCurves.Of(runs, epoch => epoch.Stitches[unit].Mean[pair.To][pair.From])).OfType<SeedCurves>().ToList()))
            .Where(line => line.Curves.Count == pairs.Count).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var options = runs[0].Recipe.Stitches;
        var ends = lines.SelectMany(line => line.Curves).SelectMany(curve => curve.Low.Concat(curve.High)).Concat([options.Same, options.Other, 0]).ToList();
        var pad = 0.05 * (ends.Max() - ends.Min());
        var variant = summary.Name;
        var final = lines.Select(line => $"{line.Layer} {string.Join(", ", line.Curves.Select(curve => ResultText.Number(curve.Mean[^1])))}");
        return new Figure(
            $"alpha-{variant}",
            $"What the units of {variant} mix, over the epochs",
            $"α of each cross-stitch unit, averaged over its channels; a line is the mean over seeds, its band their range. Broken lines: where α starts, {options.Same} and {options.Other}.",
            $"Final {string.Join(", ", pairs.Select(pair => pair.Symbol))} by unit: {string.Join("; ", final)}.",
            [.. lines.Select(line => Chart.Panel(line.Layer, 205, 215, chart =>
            {
                var last = line.Curves.Max(curve => curve.Epochs[^1]);
                chart.Span(1, Math.Max(2, last), ends.Min() - pad, ends.Max() + pad).Room(36, 8, 42, 8).Across("epoch", "#,0", 3).Up("");
                chart.Segment(1, options.Same, last, options.Same, FigurePalette.Muted, 1, dashed: true);
                chart.Segment(1, options.Other, last, options.Other, FigurePalette.Muted, 1, dashed: true);
                for (var i = 0; i < pairs.Count; i++)
                {
                    chart.Band(line.Curves[i].Epochs, line.Curves[i].Low, line.Curves[i].High, FigurePalette.Series(i));
                    chart.Line(line.Curves[i].Epochs, line.Curves[i].Mean, FigurePalette.Series(i), 1.75f);
                }
            }))],
            [.. pairs.Select((pair, i) => new FigureKey(FigureMark.Line, FigurePalette.Series(i), pair.Words(groups)))])
        { Columns = 5 };
    }
}
