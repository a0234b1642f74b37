using System.Globalization;
using System.Xml.Linq;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>Tables of networks: what they measured, and how they compare.</summary>
internal static class NetworkTable
{
    /// <summary>The main table: what networks are compared by, the comparison with the baseline, cost.</summary>
    public static IEnumerable<XElement> Main(StudyView view)
    {
        IReadOnlyList<Measure> compared = [.. view.Study.Measures.Where(measure => measure.IsCompared)];
        return Table(
            "table-networks",
            $"{ResultText.Plural(view.Networks.Count, "network")}. {string.Join("; ", compared.Select(Meaning))}, with 95 % intervals over seeds where there are several; “against the baseline” with a 95 % interval over examples and seeds; p and verdict are of the first, after Holm's correction; “needs” says how many seeds would show a difference of this size.",
            [
                "network", "auxiliary tasks",
                .. compared.SelectMany((measure, i) => i == 0 ? new[] { measure.Title, "against the baseline", "p", "verdict" } : [measure.Title, "against the baseline"]),
                "seeds", "parameters", "training",
            ],
            2,
            view.Networks.Select(variant => Row(
                view,
                variant,
                [
                    .. compared.SelectMany((measure, i) => variant.AgainstBaseline.GetValueOrDefault(measure.Name) is var comparison && i == 0
                        ? new[] { Cell(variant, measure), Difference(comparison), P(comparison), Mark(view, variant, comparison) }
                        : [Cell(variant, measure), Difference(comparison)]),
                    Plain(ResultText.Count(variant.Seeds), variant.Seeds),
                    Plain(ResultText.Count(variant.Parameters), variant.Parameters),
                    Plain(Words.Duration(variant.TrainingSeconds), variant.TrainingSeconds),
                ])));
    }

    /// <summary>The details: every column of the domain.</summary>
    public static IEnumerable<XElement> Details(StudyView view)
    {
        var measures = view.Study.Measures.ToDictionary(measure => measure.Name);
        IReadOnlyList<ScoreColumn> columns = [.. view.Study.Domain.Columns(view.Study.Tasks).Where(column => view.Networks.Any(variant => variant.Of(column.First) is not null))];
        return Table(
            "table-details",
            $"{view.Study.Domain.Legend(view.Study.Tasks)} Means over seeds.",
            ["network", "auxiliary tasks", .. columns.Select(column => column.Header)],
            2,
            view.Networks.Select(variant => Row(view, variant, [.. columns.Select(column => variant.Of(column.First) is { } first
                ? Plain(
                    ResultText.Amount(first.Mean, measures[column.First]),
                    first.Mean,
                    column.Second is { } name && variant.Of(name) is { } second ? ResultText.Amount(second.Mean, measures[name]) : null)
                : Plain("–", -1))])));
    }

    /// <summary>The variants that answer a question, and how each compares with the first.</summary>
    public static IEnumerable<XElement> Question(StudyView view, QuestionAnswer answer)
    {
        IReadOnlyList<Measure> compared = view.MeasuresOf(answer.Question);
        return answer.Question.Pairs is not null ? Pairs(answer, compared) : Table(
            $"table-{answer.Question.Id}",
            $"{string.Join("; ", compared.Select(Meaning))}, with 95 % intervals over seeds; the difference is of the first, with a 95 % interval over examples and seeds.",
            ["variant", .. compared.Select(measure => measure.Title), "difference", "p", "verdict", "seeds"],
            1,
            answer.Variants.Select(variant =>
            {
                var comparison = answer.Main.FirstOrDefault(comparison => comparison.Variant == variant.Name);
                return Html.Tag(
                    "tr",
                    variant == answer.Variants[0] ? Html.Class("baseline") : null,
                    Html.Tag("th", Html.Of("scope", "row"), Swatch(variant), variant.Name),
                    compared.Select(measure => Cell(variant, measure)),
                    Difference(comparison),
                    P(comparison),
                    Html.Tag("td", Mark(comparison, variant == answer.Variants[0] ? "compared with" : "–")),
                    Plain(ResultText.Count(variant.Seeds), variant.Seeds));
            }));
    }

    /// <summary>Comparisons with a baseline each.</summary>
    private static IEnumerable<XElement> Pairs(QuestionAnswer answer, IReadOnlyList<Measure> compared)
    {
        var variants = answer.Variants.ToDictionary(variant => variant.Name);
        return compared.Take(1).SelectMany(measure => Table(
            $"table-{answer.Question.Id}",
            $"{Meaning(measure)}, with 95 % intervals over seeds; the difference with one over examples and seeds; p after Holm's correction for all rows.",
            ["variant", "compared with", measure.Title, "of the other", "difference", "p", "verdict", "seeds"],
            2,
            answer.Main.Where(comparison => variants.ContainsKey(comparison.Variant) && variants.ContainsKey(comparison.Baseline)).Select(comparison => Html.Tag(
                "tr",
                Html.Tag("th", Html.Of("scope", "row"), Swatch(variants[comparison.Variant]), comparison.Variant),
                Html.Tag("td", Html.Class("left"), comparison.Baseline),
                Cell(variants[comparison.Variant], measure),
                Cell(variants[comparison.Baseline], measure),
                Difference(comparison),
                P(comparison),
                Html.Tag("td", Mark(comparison, "–")),
                Plain(ResultText.Count(comparison.Seeds), comparison.Seeds)))));
    }

    private static string Meaning(Measure measure) => measure.Unit.Length > 0 ? $"{measure.Title} in {measure.Unit}" : measure.Title;

    private static IEnumerable<XElement> Table(string id, string note, IReadOnlyList<string> heads, int leftHeads, IEnumerable<XElement> rows) =>
    [
        // Not a caption: on a narrow screen the table scrolls, and its note should not.
        Html.Tag("p", Html.Class("note"), Html.Of("id", $"{id}-note"), note),
        Html.Tag(
            "div",
            Html.Class("scroll"),
            Html.Of("tabindex", 0),
            Html.Tag(
                "table",
                Html.Class("sortable"),
                Html.Of("id", id),
                Html.Of("aria-describedby", $"{id}-note"),
                Html.Tag("thead", Html.Tag("tr", heads.Select((head, i) => Html.Tag("th", Html.Of("scope", "col"), i < leftHeads ? Html.Class("left") : null, head)))),
                Html.Tag("tbody", rows))),
    ];

    private static XElement Row(StudyView view, VariantSummary variant, IEnumerable<XElement> cells) => Html.Tag(
        "tr",
        variant == view.Baseline ? Html.Class("baseline") : null,
        Html.Tag("th", Html.Of("scope", "row"), Swatch(variant), view.TitleOf(variant.Variant.Network)),
        Html.Tag("td", Html.Class("left"), view.AuxiliaryOf(variant)),
        cells);

    private static XElement Swatch(VariantSummary variant) => Html.Tag("span", Html.Class($"swatch {PageStyle.ClassOf(variant.Variant.Network)}"), Html.Of("aria-hidden", "true"));

    private static XElement Cell(VariantSummary variant, Measure measure) => variant.Of(measure.Name) is { } estimate
        ? Plain(
            ResultText.Amount(estimate.Mean, measure),
            estimate.Mean,
            estimate.Interval is { } interval ? $"{ResultText.Amount(interval.Low, measure)} to {ResultText.Amount(interval.High, measure)}" : null)
        : Plain("–", -1);

    private static XElement Plain(string text, double key, string? below = null) => Html.Tag(
        "td",
        Html.Of("data-key", key.ToString("R", CultureInfo.InvariantCulture)),
        text,
        below is null ? null : Html.Tag("small", below));

    private static XElement Difference(PairedComparison? comparison) => comparison is null ? Plain("–", 0) : Plain(
        ResultText.Difference(comparison),
        comparison.Difference,
        ResultText.Interval(comparison));

    private static XElement P(PairedComparison? comparison) => comparison is null || !double.IsFinite(comparison.AdjustedPValue)
        ? Plain("–", 2)
        : Plain(ResultText.P(comparison.AdjustedPValue), comparison.AdjustedPValue);

    private static XElement Mark(StudyView view, VariantSummary variant, PairedComparison? comparison) => Html.Tag(
        "td",
        Mark(comparison, variant == view.Baseline ? "baseline" : "–"),
        comparison is not null && ComparisonWords.SeedsNeeded(comparison) is { } seeds ? Html.Tag("small", $"needs {seeds}") : null);

    private static object Mark(PairedComparison? comparison, string without) => comparison?.Verdict switch
    {
        Verdict.Better => Html.Tag("span", Html.Class("mark better"), ResultText.Of(Verdict.Better)),
        Verdict.Worse => Html.Tag("span", Html.Class("mark worse"), ResultText.Of(Verdict.Worse)),
        { } verdict => Html.Tag("span", Html.Class("mark"), ResultText.Of(verdict)),
        null => without,
    };
}
