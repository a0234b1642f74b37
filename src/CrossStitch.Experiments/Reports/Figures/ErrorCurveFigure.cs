using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Cumulative error distributions: for every limit, the share of examples whose error is within it.</summary>
internal static class ErrorCurveFigure
{
    private const int Steps = 100;

    /// <summary>Draws one curve a network, over the examples of all seeds, and its difference from the baseline's.</summary>
    /// <returns>Null without a run, and where more of the main measure is better.</returns>
    public static Figure? Of(StudyView view)
    {
        var main = view.Main;
        var errors = view.Representatives
            .Select(variant => (Variant: variant, Errors: Sorted(view, variant, main)))
            .Where(variant => variant.Errors.Length > 0).ToList();
        if (errors.Count == 0 || main.HigherIsBetter)
        {
            return null;
        }

        var limit = main.CurveLimit ?? errors.Max(variant => variant.Errors[(int)(0.95 * (variant.Errors.Length - 1))]);
        if (!(limit > 0))
        {
            return null;
        }

        var limits = Enumerable.Range(0, Steps + 1).Select(step => main.Factor * limit * step / Steps).ToArray();
        var curves = errors.Select(variant => (variant.Variant, Shares: limits.Select(at => 100 * ShareWithin(variant.Errors, at / main.Factor)).ToArray())).ToList();
        var (noun, axis) = (view.Study.Domain.Example, main.Unit.Length > 0 ? $"limit of {main.Title}, {main.Unit}" : $"limit of {main.Title}");
        var panels = new List<FigurePanel>
        {
            Chart.Panel($"Share of {noun}s within the limit", 480, 320, chart =>
            {
                chart.Span(0, limits[^1], 0, 100).Room(52, 14, 44, 8).Across(axis).Up($"% of {noun}s");
                if (main.FailureThreshold is { } failure)
                {
                    chart.Segment(main.Factor * failure, 0, main.Factor * failure, 100, FigurePalette.Muted, 1, dashed: true);
                    chart.Text("failure", main.Factor * failure, 4, FigurePalette.Muted, ScottPlot.Alignment.LowerLeft, offset: 6);
                }

                foreach (var curve in curves)
                {
                    chart.Line(limits, curve.Shares, view.ColorOf(curve.Variant));
                }
            }),
        };
        var baseline = curves.FirstOrDefault(curve => curve.Variant == view.Baseline).Shares;
        var others = curves.Where(curve => curve.Variant != view.Baseline)
            .Select(curve => (curve.Variant, More: curve.Shares.Zip(baseline ?? [], (one, other) => one - other).ToArray())).ToList();
        if (baseline is not null && others.Count > 0)
        {
            var (low, high) = (others.Min(other => other.More.Min()), others.Max(other => other.More.Max()));
            var pad = Math.Max(0.1, 0.08 * (high - low));
            panels.Add(Chart.Panel("The same, less the baseline's", 480, 320, chart =>
            {
                chart.Span(0, limits[^1], low - pad, high + pad).Room(52, 14, 44, 8).Across(axis).Up("percentage points", "+#,0.##;−#,0.##;0");
                chart.Segment(0, 0, limits[^1], 0, FigurePalette.Baseline, 1.5f);
                foreach (var (variant, more) in others)
                {
                    chart.Line(limits, more, view.ColorOf(variant));
                }
            }));
        }

        var middle = limits[Steps / 2] / main.Factor;
        return new Figure(
            "error-curves",
            "Cumulative error",
            $"First: the share of test {noun}s whose {main.Title} stays within a limit; higher is better{(main.FailureThreshold is null ? "" : ", and where the broken line crosses is one less the failure rate")}. Second: how many more {noun}s than the baseline's, in percentage points, which separates close curves.",
            $"Within {ResultText.AmountWithUnit(middle, main)}: {string.Join(", ", curves.Select(curve => $"{ResultText.Number(curve.Shares[Steps / 2], 1)} % by {curve.Variant.Name}"))}.",
            panels,
            [.. curves.Select(curve => new FigureKey(FigureMark.Line, view.ColorOf(curve.Variant), curve.Variant.Name))]);
    }

    private static double[] Sorted(StudyView view, VariantSummary variant, Measure measure) =>
        [.. view.RunsOf(variant).Where(run => run.Scores.Has(measure.Column)).SelectMany(run => run.Scores[measure.Column]).Where(double.IsFinite).Order()];

    private static double ShareWithin(double[] sorted, double limit)
    {
        var place = Array.BinarySearch(sorted, limit);
        while (place >= 0 && place + 1 < sorted.Length && sorted[place + 1] <= limit)
        {
            place++;
        }

        return (double)(place >= 0 ? place + 1 : ~place) / sorted.Length;
    }
}
