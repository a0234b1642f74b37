using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports;

/// <summary>All figures of a report that its study has data for.</summary>
/// <param name="Verdict">The differences at a glance.</param>
/// <param name="Paper">The paper's figures.</param>
/// <param name="Faces">How the errors are spread, and on which faces.</param>
/// <param name="Training">What training did to losses, α, a and b.</param>
/// <param name="Missing">What could not be drawn, and why.</param>
internal sealed record ReportFigures(Figure? Verdict, IReadOnlyList<Figure> Paper, IReadOnlyList<Figure> Faces, IReadOnlyList<Figure> Training, IReadOnlyList<string> Missing)
{
    private static readonly PaperValue[] Failures = [.. PaperValues.All.Where(value => value.Quantity == PaperQuantity.FailureRate)];
    private static readonly double[] Scales = [.. PaperValues.All.Where(value => value.Quantity == PaperQuantity.RelationScale).OrderBy(value => value.Layer).Select(value => value.Value)];
    private static readonly NetworkKind[] Stitched = [NetworkKind.CrossStitch, NetworkKind.RelatedCrossStitch];

    /// <summary>Every figure, in the order of the page.</summary>
    public IEnumerable<Figure> All => (Verdict is null ? [] : new[] { Verdict }).Concat(Paper).Concat(Faces).Concat(Training);

    /// <summary>Draws them.</summary>
    public static ReportFigures Of(StudyView view)
    {
        var missing = new List<string>();
        Figure? Note(Figure? figure, string otherwise)
        {
            if (figure is null)
            {
                missing.Add(otherwise);
            }

            return figure;
        }

        return new ReportFigures(
            Note(ForestFigure.Of(view.Networks), "the differences from the baseline, which need the baseline and another network of the same seed"),
            Some(
                Note(Five(view), "figure 5, which needs a split network"),
                Note(Pair(view, "figure-6", "Figure 6", "mean error", Measure.MeanError), "figure 6, which needs a cross-stitch network"),
                Note(Pair(view, "figure-7", "Figure 7", "failures", Measure.FailureRate), "figure 7, which needs a cross-stitch network")),
            Some(
                Note(ErrorCurveFigure.Of(view), "cumulative error curves, which need a finished run"),
                Note(PoseFigure.Of(view), "error by pose, which needs a finished run"),
                Note(ConfusionFigure.Of(view), "confusion matrices, which need a network with auxiliary tasks"),
                Note(FaceFigure.Of(view), "the best and worst faces, which need a finished run")),
            Some(
            [
                Note(TrainingFigure.Of(view), "training curves, which need a run's epochs"),
                .. Stitched.SelectMany(network => new[]
                {
                    Note(StitchFigure.Of(view, network), $"α over the epochs of a {Words.Of(network)} network, which was not trained"),
                    Note(StitchMapFigure.Of(view, network), $"α by channel of a {Words.Of(network)} network, which needs its final checkpoint"),
                }),
                Note(RelationFigure.Of(view, NetworkKind.RelatedCrossStitch, Scales), "a and b over the epochs, which need a related cross-stitch network"),
            ]),
            missing);
    }

    private static List<Figure> Some(params IEnumerable<Figure?> figures) => [.. figures.OfType<Figure>()];

    private static Figure? Five(StudyView view)
    {
        NetworkKind[] split = [NetworkKind.Split];
        var panels = new[]
        {
            LandmarkFigure.Panel("Mean error", Measure.MeanError, split, view.Networks, []),
            LandmarkFigure.Panel("Failures", Measure.FailureRate, split, view.Networks, Failures),
        }.OfType<FigurePanel>().ToList();
        return panels.Count == 0 ? null : new Figure(
            "figure-5",
            "Figure 5: split networks, landmark by landmark",
            "A dot is a split network with the auxiliary tasks named below it, its line a 95 % interval over seeds; the dark line is the baseline with its interval. A dot above the line is worse. Diamonds and the broken line are the left-eye failures that the paper states; its crops and training differ, so compare their order rather than their height." + OneSeed(view),
            Summary(view, split),
            panels,
            LandmarkFigure.Key(split, view.Baseline is not null, hasStated: true))
        { Columns = 1 };
    }

    private static Figure? Pair(StudyView view, string id, string number, string what, Measure measure)
    {
        var stated = measure == Measure.FailureRate ? Failures : [];
        var kinds = Stitched.Where(kind => view.Networks.Any(variant => variant.Network == kind)).ToList();
        var panel = LandmarkFigure.Panel("", measure, kinds, view.Networks, stated);
        return panel is null ? null : new Figure(
            id,
            $"{number}: {what} of cross-stitch networks, without and with tied weights",
            $"Two dots a set of auxiliary tasks: without and with the weight relation of eq. 7; lines are 95 % intervals over seeds, the dark line is the baseline. The paper finds the second lower than the first.{(stated.Length > 0 ? " Diamonds: the left-eye failures that it states for all four tasks." : "")}{OneSeed(view)}",
            Summary(view, kinds),
            [panel],
            LandmarkFigure.Key(kinds, view.Baseline is not null, stated.Length > 0))
        { Columns = 1 };
    }

    private static string OneSeed(StudyView view) =>
        view.Networks.All(variant => variant.Seeds == 1) ? " Each network has one seed here, which gives no interval." : "";

    private static string Summary(StudyView view, IReadOnlyList<NetworkKind> networks) =>
        "Mean error over all landmarks, % of the box width: " + string.Join(", ", view.Networks
            .Where(variant => variant.Network == NetworkKind.Single || networks.Contains(variant.Network))
            .Select(variant => $"{variant.Variant} {ResultText.Percent(variant.MeanError.Mean)}")) + ".";
}
