using System.Globalization;
using System.Text.Json;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// Results as files. They hold nothing that depends on the time or the machine's speed, so a study that was stopped and
/// went on leaves the same bytes as one that was not.
/// </summary>
/// <remarks>
/// In the CSV files numbers are as they were measured (0.0266, not 2.66 %), written in full with a point; a cell without
/// a value is empty. <c>_low</c> and <c>_high</c> end the 95 % interval of the column before them.
/// </remarks>
public static class StudyFiles
{
    /// <summary>All results, in full.</summary>
    public const string JsonName = "results.json";

    /// <summary>
    /// A row a variant: name, network, auxiliary tasks (joined by "+"), seeds, parameters; then every measure with its
    /// interval; then how each measure that networks are compared by differs from the baseline's: seeds in common, difference
    /// with its interval, p, p corrected, verdict, seeds needed.
    /// </summary>
    public const string CsvName = "results.csv";

    /// <summary>A row a question, measure and variant: how it compares with the question's first variant, in the same columns.</summary>
    public const string ComparisonsName = "comparisons.csv";

    /// <summary>The table of networks in Markdown.</summary>
    public const string MarkdownName = "results.md";

    private static readonly string[] ComparisonColumns = ["seeds", "difference", "difference_low", "difference_high", "p", "p_corrected", "verdict", "seeds_needed"];

    /// <summary>The files that are written.</summary>
    internal static IReadOnlyList<string> Names { get; } = [JsonName, CsvName, ComparisonsName, MarkdownName];

    /// <summary>Writes the files, each whole or not at all.</summary>
    /// <param name="study">The study; they go into its folder.</param>
    /// <param name="results">What they will hold.</param>
    /// <exception cref="CrossStitchException">One cannot be written.</exception>
    public static void Write(Study study, StudyResults results)
    {
        string Place(string name) => Path.Combine(study.Folder, name);
        IReadOnlyList<Measure> compared = [.. study.Measures.Where(measure => measure.IsCompared)];
        study.Catalog.Json.Save(Place(JsonName), results);
        AtomicFile.WriteAllText(Place(CsvName), Csv.Text(
            [
                "variant", "network", "auxiliary", "seeds", "parameters",
                .. study.Measures.SelectMany(measure => new[] { measure.Name, $"{measure.Name}_low", $"{measure.Name}_high" }),
                .. compared.SelectMany(measure => ComparisonColumns.Select(name => $"{measure.Name}_vs_{study.Baseline?.Name ?? "baseline"}_{name}")),
            ],
            results.Variants.Concat(results.Questions.SelectMany(question => question.Variants)).DistinctBy(variant => variant.Name).Select(variant => (IEnumerable<string>)
            [
                variant.Name,
                variant.Variant.Network,
                string.Join('+', variant.Variant.Auxiliary),
                Number(variant.Seeds),
                Number(variant.Parameters),
                .. study.Measures.Select(measure => variant.Of(measure.Name)).SelectMany(estimate => new[] { Number(estimate?.Mean), Number(estimate?.Interval?.Low), Number(estimate?.Interval?.High) }),
                .. compared.SelectMany(measure => Cells(variant.AgainstBaseline.GetValueOrDefault(measure.Name))),
            ])));
        AtomicFile.WriteAllText(Place(ComparisonsName), Csv.Text(
            ["question", "measure", "variant", "compared_with", .. ComparisonColumns],
            from question in results.Questions
            from comparison in question.Comparisons.Values.SelectMany(family => family)
            select (IEnumerable<string>)[question.Question.Id, comparison.Measure.Name, comparison.Variant, comparison.Baseline, .. Cells(comparison)]));
        var table = new NetworkScores(study, results);
        AtomicFile.WriteAllText(Place(MarkdownName), $"{table.Markdown()}\n{table.Legend}\n{(study.Domain.Caution(study.Examples) is { } caution ? $"\n{caution}\n" : "")}");
    }

    private static IEnumerable<string> Cells(PairedComparison? comparison) => comparison is null ? Enumerable.Repeat("", ComparisonColumns.Length) :
    [
        Number(comparison.Seeds),
        Number(comparison.Difference),
        Number(comparison.Interval.Low),
        Number(comparison.Interval.High),
        Number(comparison.PValue),
        Number(comparison.AdjustedPValue),
        JsonNamingPolicy.KebabCaseLower.ConvertName(comparison.Verdict.ToString()),
        Number(comparison.SeedsNeeded),
    ];

    private static string Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
