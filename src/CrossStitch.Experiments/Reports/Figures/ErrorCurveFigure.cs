using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Cumulative error curves: for every limit, the share of faces whose error is within it.</summary>
internal static class ErrorCurveFigure
{
    private const int Steps = 100;

    /// <summary>Draws one curve a kind of network, over the faces of all seeds, and its difference from the baseline's.</summary>
    /// <returns>Null without a run.</returns>
    public static Figure? Of(StudyView view)
    {
        var curves = view.Representatives
            .Select(variant => (variant.Network, variant.Variant, Errors: view.RunsOf(variant).SelectMany(view.FaceErrors).ToArray()))
            .Where(variant => variant.Errors.Length > 0)
            .Select(variant => (variant.Network, variant.Variant, Shares: Shares(CumulativeErrorCurve.Of(variant.Errors))))
            .ToList();
        if (curves.Count == 0)
        {
            return null;
        }

        var limits = Enumerable.Range(0, Steps + 1).Select(step => 100 * Limit(step)).ToArray();
        var panels = new List<FigurePanel>
        {
            Chart.Panel("Share of faces within the limit", 480, 320, chart =>
            {
                chart.Span(0, 100 * LandmarkEvaluation.CurveLimit, 0, 100).Room(52, 14, 44, 8)
                    .Across("limit of a face's error, % of box width").Up("% of faces");
                chart.Segment(100 * LandmarkEvaluation.FailureThreshold, 0, 100 * LandmarkEvaluation.FailureThreshold, 100, FigurePalette.Muted, 1, dashed: true);
                chart.Text("failure", 100 * LandmarkEvaluation.FailureThreshold, 4, FigurePalette.Muted, ScottPlot.Alignment.LowerLeft, offset: 6);
                foreach (var curve in curves)
                {
                    chart.Line(limits, curve.Shares, FigurePalette.Of(curve.Network));
                }
            }),
        };
        var baseline = curves.FirstOrDefault(curve => curve.Network == NetworkKind.Single).Shares;
        var others = curves.Where(curve => curve.Network != NetworkKind.Single)
            .Select(curve => (curve.Network, More: curve.Shares.Zip(baseline ?? [], (one, other) => one - other).ToArray())).ToList();
        if (baseline is not null && others.Count > 0)
        {
            var (low, high) = (others.Min(other => other.More.Min()), others.Max(other => other.More.Max()));
            var pad = Math.Max(0.1, 0.08 * (high - low));
            panels.Add(Chart.Panel("The same, less the baseline's", 480, 320, chart =>
            {
                chart.Span(0, 100 * LandmarkEvaluation.CurveLimit, low - pad, high + pad).Room(52, 14, 44, 8)
                    .Across("limit of a face's error, % of box width").Up("percentage points", "+#,0.##;−#,0.##;0");
                chart.Segment(0, 0, 100 * LandmarkEvaluation.CurveLimit, 0, FigurePalette.Of(NetworkKind.Single), 1.5f);
                foreach (var (network, more) in others)
                {
                    chart.Line(limits, more, FigurePalette.Of(network));
                }
            }));
        }

        var within = curves.Select(curve => $"{ResultText.Number(curve.Shares[Steps / 2], 1)} % by {curve.Variant}");
        return new Figure(
            "error-curves",
            "Cumulative error",
            "First: the share of test faces whose mean error stays within a limit; higher is better, and where the broken line crosses is one less the failure rate. Second: how many more faces than the baseline's, in percentage points, which separates close curves.",
            $"Faces within 5 % of the box width: {string.Join(", ", within)}.",
            panels,
            [.. curves.Select(curve => new FigureKey(FigureMark.Line, FigurePalette.Of(curve.Network), curve.Variant))]);
    }

    private static double Limit(int step) => LandmarkEvaluation.CurveLimit * step / Steps;

    private static double[] Shares(CumulativeErrorCurve curve) =>
        [.. Enumerable.Range(0, Steps + 1).Select(step => 100 * curve.ShareWithin(Limit(step)))];
}
