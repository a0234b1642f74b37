using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Every network's paired difference from the baseline, with its interval: the verdict at a glance.</summary>
internal static class ForestFigure
{
    /// <summary>Draws it.</summary>
    /// <param name="view">The study; networks without a comparison are left out.</param>
    /// <returns>Null if none was compared.</returns>
    public static Figure? Of(StudyView view)
    {
        var main = view.Main;
        var rows = view.Networks.Where(variant => variant.AgainstBaseline.ContainsKey(main.Name)).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        var counts = rows.CountBy(row => row.AgainstBaseline[main.Name].Verdict).ToDictionary();
        var summary = string.Join(", ", Enum.GetValues<Verdict>().Where(verdict => verdict != Verdict.OneSeed || counts.ContainsKey(verdict)).Select(verdict => $"{counts.GetValueOrDefault(verdict)} {ResultText.Of(verdict)}"));
        var chart = new RowChart([.. rows.Select(row => Row(view, row))], $"difference in {main.Title}{(main.DifferenceUnit.Length > 0 ? $", {main.DifferenceUnit}" : "")}", "+#,0.###;−#,0.###;0", 0)
        {
            SaysBetter = true,
            HigherIsBetter = main.HigherIsBetter,
            NumberRoom = 176,
        };
        return new Figure(
            "differences",
            "Each network against the baseline",
            $"{char.ToUpperInvariant(main.Title[0])}{main.Title[1..]} less the baseline's of the same seeds and examples{(main.DifferenceUnit.Length > 0 ? $", in {main.DifferenceUnit}" : "")}; {(main.HigherIsBetter ? "right" : "left")} of the line is better. Bars are 95 % intervals over examples and seeds. A filled dot is a difference that stands after correction for all the comparisons; an open one could be chance, or the luck of one seed.",
            $"Differences in {main.Title} of {ResultText.Plural(rows.Count, "network")} from the baseline: {summary}.",
            [chart.Wide()],
            [.. rows.Select(row => row.Variant.Network).Distinct().Select(network => new FigureKey(FigureMark.Dot, view.ColorOf(network), view.TitleOf(network)))])
        { Columns = 1, Narrow = chart.Narrow() };
    }

    private static RowChart.Row Row(StudyView view, VariantSummary variant)
    {
        var (main, comparison) = (view.Main, variant.AgainstBaseline[view.Main.Name]);
        return new RowChart.Row(
            $"{view.TitleOf(variant.Variant.Network)}, {view.AuxiliaryOf(variant)}",
            view.ColorOf(variant),
            main.Factor * comparison.Interval.Low,
            main.Factor * comparison.Difference,
            main.Factor * comparison.Interval.High,
            comparison.Verdict is Verdict.NotDistinguishable or Verdict.OneSeed,
            $"{ResultText.Difference(comparison)} [{ResultText.Signed(comparison.Interval.Low, main)}, {ResultText.Signed(comparison.Interval.High, main)}]");
    }
}
