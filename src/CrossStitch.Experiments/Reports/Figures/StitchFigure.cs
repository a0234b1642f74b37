using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>What the cross-stitch units learn: their α over the epochs (section 6.3).</summary>
internal static class StitchFigure
{
    private static readonly (string Name, int To, int From)[] Coefficients =
    [
        ("landmarks keep (α AA)", 0, 0),
        ("attributes keep (α BB)", 1, 1),
        ("landmarks take from attributes (α AB)", 0, 1),
        ("attributes take from landmarks (α BA)", 1, 0),
    ];

    /// <summary>Draws a panel a unit, for one kind of network.</summary>
    /// <returns>Null if it was not trained or has no units.</returns>
    public static Figure? Of(StudyView view, NetworkKind network)
    {
        var runs = view.RunsOf(network);
        var layers = runs.SelectMany(run => run.Epochs).FirstOrDefault()?.Stitches.Select(stitch => stitch.Layer).ToList() ?? [];
        var lines = layers.Select((layer, unit) => (Layer: layer, Curves: Coefficients.Select(coefficient =>
            SeedCurves.Of(runs, epoch => epoch.Stitches[unit].Mean[coefficient.To][coefficient.From])).OfType<SeedCurves>().ToList()))
            .Where(line => line.Curves.Count == Coefficients.Length).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var options = runs[0].Recipe.Stitches;
        var ends = lines.SelectMany(line => line.Curves).SelectMany(curve => curve.Low.Concat(curve.High)).Concat([options.Same, options.Other, 0]).ToList();
        var pad = 0.05 * (ends.Max() - ends.Min());
        var variant = runs[0].Variant;
        var final = lines.Select(line => $"{line.Layer} {ResultText.Number(line.Curves[0].Mean[^1])}, {ResultText.Number(line.Curves[1].Mean[^1])}, {ResultText.Number(line.Curves[2].Mean[^1])}, {ResultText.Number(line.Curves[3].Mean[^1])}");
        return new Figure(
            $"alpha-{variant}",
            $"What the units of {variant} mix, over the epochs",
            $"α of each cross-stitch unit, averaged over its channels; a line is the mean over seeds, its band their range. Broken lines: where α starts, {options.Same} and {options.Other}. The paper reports that all stay there but the last, which moves to about 4 and 1 (section 6.3).",
            $"Final α AA, BB, AB and BA by unit: {string.Join("; ", final)}.",
            [.. lines.Select(line => Chart.Panel(line.Layer, 205, 215, chart =>
            {
                var last = line.Curves.Max(curve => curve.Epochs[^1]);
                chart.Span(1, Math.Max(2, last), ends.Min() - pad, ends.Max() + pad).Room(36, 8, 42, 8).Across("epoch", "#,0", 3).Up("");
                chart.Segment(1, options.Same, last, options.Same, FigurePalette.Muted, 1, dashed: true);
                chart.Segment(1, options.Other, last, options.Other, FigurePalette.Muted, 1, dashed: true);
                for (var i = 0; i < Coefficients.Length; i++)
                {
                    chart.Band(line.Curves[i].Epochs, line.Curves[i].Low, line.Curves[i].High, FigurePalette.Series(i));
                    chart.Line(line.Curves[i].Epochs, line.Curves[i].Mean, FigurePalette.Series(i), 1.75f);
                }
            }))],
            [.. Coefficients.Select((coefficient, i) => new FigureKey(FigureMark.Line, FigurePalette.Series(i), coefficient.Name))])
        { Columns = 5 };
    }
}
