using System.Globalization;
using System.Xml.Linq;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>Tables of networks: what they measured, and how they compare.</summary>
internal static class NetworkTable
{
    /// <summary>The main table: error, failures, the comparison with the baseline, cost.</summary>
    public static IEnumerable<XElement> Main(IReadOnlyList<VariantSummary> variants) => Table(
        "table-networks",
        $"{ResultText.Plural(variants.Count, "network")}. Mean error in % of the box width, failures in % of faces (error above 5 %), with 95 % intervals over seeds where there are several; “against the baseline” with a 95 % interval over faces and seeds; p and verdict are of the mean error, after Holm's correction; “needs” says how many seeds would show a difference of this size.",
        ["network", "auxiliary tasks", "mean error", "against the baseline", "p", "verdict", "failures", "against the baseline", "seeds", "parameters", "training"],
        2,
        variants.Select(variant => Row(
            variant,
            Cell(variant.MeanError),
            Difference(variant.AgainstBaseline),
            P(variant.AgainstBaseline),
            Mark(variant),
            Cell(variant.FailureRate, 1),
            Difference(variant.FailuresAgainstBaseline),
            Plain(ResultText.Count(variant.Seeds), variant.Seeds),
            Plain(ResultText.Count(variant.Parameters), variant.Parameters),
            Plain(Words.Duration(variant.TrainingSeconds), variant.TrainingSeconds))));

    /// <summary>The details: each landmark, each attribute.</summary>
    public static IEnumerable<XElement> Details(IReadOnlyList<VariantSummary> variants)
    {
        var tasks = FaceTasks.AllAuxiliary.Select(FaceTasks.Name).Where(task => variants.Any(variant => variant.Accuracies.ContainsKey(task))).ToList();
        return Table(
            "table-details",
            "Each landmark: mean error in % of the box width, below it failures in % of faces. IOD: the same for all five, in % of the distance between the eyes, failures above 10 %. Each attribute: accuracy in %, below it balanced accuracy. Means over seeds.",
            ["network", "auxiliary tasks", .. Enum.GetValues<Landmark>().Select(Words.Of), "IOD", .. tasks],
            2,
            variants.Select(variant => Row(
                variant,
                [
                    .. variant.LandmarkErrors.Zip(variant.LandmarkFailures, (error, failure) => Plain(ResultText.Percent(error.Mean), error.Mean, $"{ResultText.Percent(failure.Mean, 1)}")),
                    variant is { InterOcularError: { } error, InterOcularFailureRate: { } failure } ? Plain(ResultText.Percent(error.Mean), error.Mean, ResultText.Percent(failure.Mean, 1)) : Plain("–", -1),
                    .. tasks.Select(task => variant.Accuracies.TryGetValue(task, out var accuracy)
                        ? Plain(ResultText.Percent(accuracy.Mean, 1), accuracy.Mean, ResultText.Percent(variant.BalancedAccuracies[task].Mean, 1))
                        : Plain("–", -1)),
                ])));
    }

    /// <summary>The variants that answer a question, and how each compares with the first.</summary>
    public static IEnumerable<XElement> Question(QuestionAnswer answer) => Table(
        $"table-{answer.Question.Id}",
        "Mean error in % of the box width and failures in % of faces, with 95 % intervals over seeds; the difference is in mean error, with a 95 % interval over faces and seeds.",
        ["variant", "mean error", "failures", "difference", "p", "verdict", "seeds"],
        1,
        answer.Variants.Select(variant =>
        {
            var comparison = answer.Comparisons.FirstOrDefault(comparison => comparison.Variant == variant.Variant);
            return Html.Tag(
                "tr",
                variant == answer.Variants[0] ? Html.Class("baseline") : null,
                Html.Tag("th", Html.Of("scope", "row"), Swatch(variant.Network), variant.Variant),
                Cell(variant.MeanError),
                Cell(variant.FailureRate, 1),
                Difference(comparison),
                P(comparison),
                Html.Tag("td", Mark(comparison, variant == answer.Variants[0] ? "compared with" : "–")),
                Plain(ResultText.Count(variant.Seeds), variant.Seeds));
        }));

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

    private static XElement Row(VariantSummary variant, params XElement[] cells) => Html.Tag(
        "tr",
        variant.Network == NetworkKind.Single ? Html.Class("baseline") : null,
        Html.Tag("th", Html.Of("scope", "row"), Swatch(variant.Network), Words.Of(variant.Network)),
        Html.Tag("td", Html.Class("left"), Words.Of(variant.Auxiliary)),
        cells);

    private static XElement Swatch(NetworkKind network) => Html.Tag("span", Html.Class($"swatch {PageStyle.ClassOf(network)}"), Html.Of("aria-hidden", "true"));

    private static XElement Cell(Estimate estimate, int digits = 2) => Plain(
        ResultText.Percent(estimate.Mean, digits),
        estimate.Mean,
        estimate.Interval is { } interval ? $"{ResultText.Percent(interval.Low, digits)} to {ResultText.Percent(interval.High, digits)}" : null);

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

    private static XElement Mark(VariantSummary variant) => Html.Tag(
        "td",
        Mark(variant.AgainstBaseline, variant.Network == NetworkKind.Single ? "baseline" : "–"),
        variant.AgainstBaseline is { } comparison && ComparisonWords.SeedsNeeded(comparison) is { } seeds ? Html.Tag("small", $"needs {seeds}") : null);

    private static object Mark(PairedComparison? comparison, string without) => comparison?.Verdict switch
    {
        Verdict.Better => Html.Tag("span", Html.Class("mark better"), ResultText.Of(Verdict.Better)),
        Verdict.Worse => Html.Tag("span", Html.Class("mark worse"), ResultText.Of(Verdict.Worse)),
        Verdict.NotDistinguishable => Html.Tag("span", Html.Class("mark"), ResultText.Of(Verdict.NotDistinguishable)),
        _ => without,
    };
}
