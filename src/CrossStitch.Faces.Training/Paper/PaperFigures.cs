using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Measures;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>Figures 5, 6 and 7 of the paper, with intervals.</summary>
internal sealed class PaperFigures() : ReportSection("paper-figures", "The paper's figures, with intervals")
{
    private static readonly PaperValue[] Failures = [.. PaperValues.All.Where(value => value.Quantity == PaperQuantity.FailureRate)];
    private static readonly string[] Split = ["split"];
    private static readonly string[] Stitched = ["cross-stitch", "related-cross-stitch"];

    /// <inheritdoc/>
    public override string After => "networks";

    /// <inheritdoc/>
    public override IEnumerable<ReportPart> Content(StudyView view) =>
    [
        ReportPart.Of(Five(view), "figure 5, which needs a split network"),
        ReportPart.Of(Pair(view, "figure-6", "Figure 6", "mean error", FaceMeasures.MeanError), "figure 6, which needs a cross-stitch network"),
        ReportPart.Of(Pair(view, "figure-7", "Figure 7", "failures", FaceMeasures.FailureRate), "figure 7, which needs a cross-stitch network"),
    ];

    private static Figure? Five(StudyView view)
    {
        var panels = new[]
        {
            LandmarkFigure.Panel(view, "Mean error", FaceMeasures.MeanError, Split, []),
            LandmarkFigure.Panel(view, "Failures", FaceMeasures.FailureRate, Split, Failures),
        }.OfType<FigurePanel>().ToList();
        return panels.Count == 0 ? null : new Figure(
            "figure-5",
            "Figure 5: split networks, landmark by landmark",
            "A dot is a split network with the auxiliary tasks named below it, its line a 95 % interval over seeds; the dark line is the baseline with its interval. A dot above the line is worse. Diamonds and the broken line are the left-eye failures that the paper states; its crops and training differ, so compare their order rather than their height." + OneSeed(view),
            Summary(view, Split),
            panels,
            LandmarkFigure.Key(view, Split, view.Baseline is not null, hasStated: true))
        { Columns = 1 };
    }

    private static Figure? Pair(StudyView view, string id, string number, string what, string measure)
    {
        var stated = measure == FaceMeasures.FailureRate ? Failures : [];
        var kinds = Stitched.Where(kind => view.Networks.Any(variant => variant.Variant.Network == kind)).ToList();
        var panel = LandmarkFigure.Panel(view, "", measure, kinds, stated);
        return panel is null ? null : new Figure(
            id,
            $"{number}: {what} of cross-stitch networks, without and with tied weights",
            $"Two dots a set of auxiliary tasks: without and with the weight relation of eq. 7; lines are 95 % intervals over seeds, the dark line is the baseline. The paper finds the second lower than the first.{(stated.Length > 0 ? " Diamonds: the left-eye failures that it states for all four tasks." : "")}{OneSeed(view)}",
            Summary(view, kinds),
            [panel],
            LandmarkFigure.Key(view, kinds, view.Baseline is not null, stated.Length > 0))
        { Columns = 1 };
    }

    private static string OneSeed(StudyView view) =>
        view.Networks.All(variant => variant.Seeds == 1) ? " Each network has one seed here, which gives no interval." : "";

    private static string Summary(StudyView view, IReadOnlyList<string> networks) =>
        "Mean error over all landmarks, % of the box width: " + string.Join(", ", view.Networks
            .Where(variant => variant == view.Baseline || networks.Contains(variant.Variant.Network))
            .Select(variant => $"{variant.Name} {ResultText.Amount(variant.Mean(view.Main), view.Main)}")) + ".";
}
