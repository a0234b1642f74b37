using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;
using ScottPlot;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>
/// The paper's bar charts (figures 5, 6 and 7) as dots with intervals: a group a landmark, in it a place a set of
/// auxiliary tasks, the baseline as a line through every group.
/// </summary>
internal static class LandmarkFigure
{
    private const double GroupWidth = 0.84;

    /// <summary>Draws one measure.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="measure">Mean error or failures.</param>
    /// <param name="networks">Which networks' variants.</param>
    /// <param name="variants">All variants; the baseline is among them, if there is one.</param>
    /// <param name="stated">What the paper states for this measure.</param>
    /// <returns>Null if none of the networks was trained.</returns>
    public static FigurePanel? Panel(
        string title, Measure measure, IReadOnlyList<NetworkKind> networks, IReadOnlyList<VariantSummary> variants, IReadOnlyList<PaperValue> stated)
    {
        var shown = variants.Where(variant => networks.Contains(variant.Network)).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var baseline = variants.FirstOrDefault(variant => variant.Network == NetworkKind.Single);
        var sets = shown.Select(variant => Words.Of(variant.Auxiliary)).Distinct().ToList();
        var marked = stated.Where(value => value.Variant == baseline?.Variant || shown.Any(variant => variant.Variant == value.Variant)).ToList();
        return Chart.Panel(title, 860, 340, chart =>
        {
            Frame(chart, measure, sets, [.. shown, .. baseline is null ? [] : new[] { baseline }], marked);
            for (var group = 0; group <= FaceLandmarks.Count; group++)
            {
                DrawGroup(chart, measure, group, networks, sets, shown, baseline);
            }

            foreach (var value in marked)
            {
                var set = shown.FirstOrDefault(variant => variant.Variant == value.Variant);
                var place = (int)value.Landmark!.Value;
                if (set is null)
                {
                    chart.Segment(place - (GroupWidth / 2), 100 * value.Value, place + (GroupWidth / 2), 100 * value.Value, FigurePalette.Stated, 1.75f, dashed: true);
                }
                else
                {
                    chart.Mark(Place(place, sets, set) + Shift(networks, set.Network), 100 * value.Value, FigurePalette.Stated, FigureMark.Diamond, 9);
                }
            }
        });
    }

    /// <summary>What the marks mean.</summary>
    /// <param name="networks">Whose marks are drawn.</param>
    /// <param name="hasBaseline">Whether the baseline is.</param>
    /// <param name="hasStated">Whether values of the paper are.</param>
    public static IReadOnlyList<FigureKey> Key(IReadOnlyList<NetworkKind> networks, bool hasBaseline, bool hasStated) =>
    [
        .. networks.Select(network => new FigureKey(FigureMark.Dot, FigurePalette.Of(network), Words.Of(network))),
        .. hasBaseline ? [new FigureKey(FigureMark.Line, FigurePalette.Of(NetworkKind.Single), "single-task baseline")] : Array.Empty<FigureKey>(),
        .. hasStated ? [new FigureKey(FigureMark.Diamond, FigurePalette.Stated, "stated in the paper"), new FigureKey(FigureMark.Dashes, FigurePalette.Stated, "the paper's baseline")] : Array.Empty<FigureKey>(),
    ];

    private static Estimate Of(VariantSummary variant, Measure measure, int group) => (measure, group) switch
    {
        (Measure.MeanError, FaceLandmarks.Count) => variant.MeanError,
        (Measure.MeanError, _) => variant.LandmarkErrors[group],
        (_, FaceLandmarks.Count) => variant.FailureRate,
        _ => variant.LandmarkFailures[group],
    };

    private static void Frame(Chart chart, Measure measure, List<string> sets, IReadOnlyList<VariantSummary> shown, List<PaperValue> stated)
    {
        var ends = shown.SelectMany(variant => Enumerable.Range(0, FaceLandmarks.Count + 1).Select(group => Of(variant, measure, group)))
            .SelectMany(Words.Ends)
            .Concat(stated.Select(value => value.Value))
            .Select(value => 100 * value).ToList();

        // An interval over few seeds may leave what failures can be.
        var (low, high) = (ends.Min(), measure == Measure.FailureRate ? Math.Min(100, ends.Max()) : ends.Max());
        var pad = Math.Max(0.08 * (high - low), 0.02);
        var top = high + pad;
        chart.Span(-0.5, FaceLandmarks.Count + 0.5, Math.Max(0, low - pad), top).Room(58, 8, 62, 24);
        chart.Up(measure == Measure.MeanError ? "mean error, % of box width" : "failures, % of faces");
        chart.AcrossNames(
            "",
            Enumerable.Range(0, FaceLandmarks.Count + 1).SelectMany(group => sets.Select((name, set) => (Place(group, sets.Count, set), name))),
            rotation: -90);
        for (var group = 0; group <= FaceLandmarks.Count; group++)
        {
            if (group > 0)
            {
                chart.Segment(group - 0.5, 0, group - 0.5, top, FigurePalette.Grid, 1);
            }

            chart.Text(group == FaceLandmarks.Count ? "all five" : Words.Of((Landmark)group), group, top, FigurePalette.Ink, Alignment.LowerCenter, bold: true, rise: 7);
        }
    }

    private static void DrawGroup(
        Chart chart, Measure measure, int group, IReadOnlyList<NetworkKind> networks, List<string> sets, List<VariantSummary> shown, VariantSummary? baseline)
    {
        if (baseline is not null)
        {
            var (left, right, line) = (group - (GroupWidth / 2), group + (GroupWidth / 2), Of(baseline, measure, group));
            if (line.Interval is { } band)
            {
                chart.Band([left, right], [100 * band.Low, 100 * band.Low], [100 * band.High, 100 * band.High], FigurePalette.Of(NetworkKind.Single));
            }

            chart.Segment(left, 100 * line.Mean, right, 100 * line.Mean, FigurePalette.Of(NetworkKind.Single), 1.5f);
        }

        foreach (var variant in shown)
        {
            var x = Place(group, sets, variant) + Shift(networks, variant.Network);
            var estimate = Of(variant, measure, group);
            if (estimate.Interval is { } interval)
            {
                chart.Segment(x, 100 * interval.Low, x, 100 * interval.High, FigurePalette.Of(variant.Network), 1.75f);
            }

            chart.Mark(x, 100 * estimate.Mean, FigurePalette.Of(variant.Network), size: 7);
        }
    }

    private static double Place(int group, List<string> sets, VariantSummary variant) =>
        Place(group, sets.Count, sets.IndexOf(Words.Of(variant.Auxiliary)));

    private static double Place(int group, int sets, int set) => group + (GroupWidth * (((set + 0.5) / sets) - 0.5));

    private static double Shift(IReadOnlyList<NetworkKind> networks, NetworkKind network) =>
        0.07 * (networks.ToList().IndexOf(network) - ((networks.Count - 1) / 2.0));
}
