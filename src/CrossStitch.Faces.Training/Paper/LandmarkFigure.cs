using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Measures;
using ScottPlot;

namespace CrossStitch.Faces.Training.Paper;

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
    /// <param name="view">The study.</param>
    /// <param name="stated">What the paper states for this measure.</param>
    /// <returns>Null if none of the networks was trained.</returns>
    public static FigurePanel? Panel(
        StudyView view, string title, string measure, IReadOnlyList<string> networks, IReadOnlyList<PaperValue> stated)
    {
        bool IsMeasured(VariantSummary? variant) => variant is not null && Enumerable.Range(0, FaceLandmarks.Count + 1).All(group => Find(variant, measure, group) is not null);
        var shown = view.Networks.Where(variant => networks.Contains(variant.Variant.Network) && IsMeasured(variant)).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var baseline = IsMeasured(view.Baseline) ? view.Baseline : null;
        var sets = shown.Select(variant => view.AuxiliaryOf(variant)).Distinct().ToList();
        var marked = stated.Where(value => value.Variant == baseline?.Name || shown.Any(variant => variant.Name == value.Variant)).ToList();
        return Chart.Panel(title, 860, 340, chart =>
        {
            Frame(chart, measure, sets, [.. shown, .. baseline is null ? [] : new[] { baseline }], marked);
            for (var group = 0; group <= FaceLandmarks.Count; group++)
            {
                DrawGroup(view, chart, measure, group, networks, sets, shown, baseline);
            }

            foreach (var value in marked)
            {
                var set = shown.FirstOrDefault(variant => variant.Name == value.Variant);
                var place = (int)value.Landmark!.Value;
                if (set is null)
                {
                    chart.Segment(place - (GroupWidth / 2), 100 * value.Value, place + (GroupWidth / 2), 100 * value.Value, FigurePalette.Stated, 1.75f, dashed: true);
                }
                else
                {
                    chart.Mark(Place(view, place, sets, set) + Shift(networks, set.Variant.Network), 100 * value.Value, FigurePalette.Stated, FigureMark.Diamond, 9);
                }
            }
        });
    }

    /// <summary>What the marks mean.</summary>
    /// <param name="view">The study.</param>
    /// <param name="networks">Whose marks are drawn.</param>
    /// <param name="hasBaseline">Whether the baseline is.</param>
    /// <param name="hasStated">Whether values of the paper are.</param>
    public static IReadOnlyList<FigureKey> Key(StudyView view, IReadOnlyList<string> networks, bool hasBaseline, bool hasStated) =>
    [
        .. networks.Select(network => new FigureKey(FigureMark.Dot, view.ColorOf(network), view.TitleOf(network))),
        .. hasBaseline ? [new FigureKey(FigureMark.Line, FigurePalette.Baseline, "single-task baseline")] : Array.Empty<FigureKey>(),
        .. hasStated ? [new FigureKey(FigureMark.Diamond, FigurePalette.Stated, "stated in the paper"), new FigureKey(FigureMark.Dashes, FigurePalette.Stated, "the paper's baseline")] : Array.Empty<FigureKey>(),
    ];

    private static Estimate? Find(VariantSummary variant, string measure, int group) =>
        variant.Of(group == FaceLandmarks.Count ? measure : FaceMeasures.Of((Landmark)group, measure));

    private static Estimate Of(VariantSummary variant, string measure, int group) => Find(variant, measure, group)!;

    private static void Frame(Chart chart, string measure, List<string> sets, IReadOnlyList<VariantSummary> shown, List<PaperValue> stated)
    {
        var ends = shown.SelectMany(variant => Enumerable.Range(0, FaceLandmarks.Count + 1).Select(group => Of(variant, measure, group)))
            .SelectMany(Words.Ends)
            .Concat(stated.Select(value => value.Value))
            .Select(value => 100 * value).ToList();

        // An interval over few seeds may leave what failures can be.
        var (low, high) = (ends.Min(), measure == FaceMeasures.FailureRate ? Math.Min(100, ends.Max()) : ends.Max());
        var pad = Math.Max(0.08 * (high - low), 0.02);
        var top = high + pad;
        chart.Span(-0.5, FaceLandmarks.Count + 0.5, Math.Max(0, low - pad), top).Room(58, 8, 62, 24);
        chart.Up(measure == FaceMeasures.MeanError ? "mean error, % of box width" : "failures, % of faces");
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

            chart.Text(group == FaceLandmarks.Count ? "all five" : LandmarkNames.Of((Landmark)group).Replace(" corner", ""), group, top, FigurePalette.Ink, Alignment.LowerCenter, bold: true, rise: 7);
        }
    }

    private static void DrawGroup(
        StudyView view, Chart chart, string measure, int group, IReadOnlyList<string> networks, List<string> sets, List<VariantSummary> shown, VariantSummary? baseline)
    {
        if (baseline is not null)
        {
            var (left, right, line) = (group - (GroupWidth / 2), group + (GroupWidth / 2), Of(baseline, measure, group));
            if (line.Interval is { } band)
            {
                chart.Band([left, right], [100 * band.Low, 100 * band.Low], [100 * band.High, 100 * band.High], FigurePalette.Baseline);
            }

            chart.Segment(left, 100 * line.Mean, right, 100 * line.Mean, FigurePalette.Baseline, 1.5f);
        }

        foreach (var variant in shown)
        {
            var x = Place(view, group, sets, variant) + Shift(networks, variant.Variant.Network);
            var estimate = Of(variant, measure, group);
            if (estimate.Interval is { } interval)
            {
                chart.Segment(x, 100 * interval.Low, x, 100 * interval.High, view.ColorOf(variant), 1.75f);
            }

            chart.Mark(x, 100 * estimate.Mean, view.ColorOf(variant), size: 7);
        }
    }

    private static double Place(StudyView view, int group, List<string> sets, VariantSummary variant) =>
        Place(group, sets.Count, sets.IndexOf(view.AuxiliaryOf(variant)));

    private static double Place(int group, int sets, int set) => group + (GroupWidth * (((set + 0.5) / sets) - 0.5));

    private static double Shift(IReadOnlyList<string> networks, string network) =>
        0.07 * (networks.ToList().IndexOf(network) - ((networks.Count - 1) / 2.0));
}
