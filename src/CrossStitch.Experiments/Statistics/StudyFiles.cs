using System.Globalization;
using System.Text;
using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces;

namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// Results as files. They hold nothing that depends on the time or the machine's speed, so a study that was stopped and
/// went on leaves the same bytes as one that was not.
/// </summary>
/// <remarks>
/// In the CSV files numbers are shares and box widths (0.0266, not 2.66 %) written in full with a point; a cell without
/// a value is empty. <c>_low</c> and <c>_high</c> end the 95 % interval of the column before them.
/// </remarks>
public static class StudyFiles
{
    /// <summary>All results, in full.</summary>
    public const string JsonName = "results.json";

    /// <summary>
    /// A row a variant: name, network, auxiliary tasks (joined by "+"), seeds, parameters; then with their intervals the
    /// mean error, failure rate and inter-ocular measures overall, mean error and failure rate of each landmark, accuracy
    /// and balanced accuracy of each task; then how mean error and failure rate compare with the single-task baseline's:
    /// seeds in common, difference with its interval, p, p corrected, verdict, seeds needed.
    /// </summary>
    public const string CsvName = "results.csv";

    /// <summary>A row a question, measure and variant: how it compares with the question's first variant, in the same columns.</summary>
    public const string ComparisonsName = "comparisons.csv";

    /// <summary>The files that are written.</summary>
    internal static IReadOnlyList<string> Names { get; } = [JsonName, CsvName, ComparisonsName];

    private static readonly string[] OverallNames = ["mean_error", "failure_rate", "inter_ocular_error", "inter_ocular_failure_rate"];

    private static readonly string[] LandmarkNames = [.. Enum.GetNames<Landmark>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static readonly string[] TaskNames = [.. FaceTasks.AllAuxiliary.Select(FaceTasks.Name)];

    private static readonly string[] ComparisonColumns = ["seeds", "difference", "difference_low", "difference_high", "p", "p_corrected", "verdict", "seeds_needed"];

    /// <summary>Writes the files, each whole or not at all.</summary>
    /// <param name="folder">Where to; created if it is not there.</param>
    /// <param name="results">What they will hold.</param>
    public static void Write(string folder, StudyResults results)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, JsonName), JsonSerializer.Serialize(results, RecipeFile.Json) + "\n");
        AtomicFile.WriteAllText(Path.Combine(folder, CsvName), Csv(VariantColumns(), results.Variants
            .Concat(results.Questions.SelectMany(question => question.Variants))
            .DistinctBy(variant => variant.Variant)
            .Select(VariantCells)));
        AtomicFile.WriteAllText(Path.Combine(folder, ComparisonsName), Csv(
            ["question", "measure", "variant", "compared_with", .. ComparisonColumns],
            from question in results.Questions
            from comparison in question.Comparisons.Concat(question.FailureComparisons)
            select (IEnumerable<string>)
            [
                question.Question.Id,
                JsonNamingPolicy.SnakeCaseLower.ConvertName(comparison.Measure.ToString()),
                comparison.Variant,
                comparison.Baseline,
                .. ComparisonCells(comparison),
            ]));
    }

    private static IEnumerable<string> VariantColumns() =>
    [
        "variant", "network", "auxiliary", "seeds", "parameters",
        .. OverallNames
            .Concat(LandmarkNames.Select(name => $"{name}_error"))
            .Concat(LandmarkNames.Select(name => $"{name}_failure_rate"))
            .Concat(TaskNames.Select(name => $"{name}_accuracy"))
            .Concat(TaskNames.Select(name => $"{name}_balanced_accuracy"))
            .SelectMany(name => new[] { name, $"{name}_low", $"{name}_high" }),
        .. ComparisonColumns.Select(name => $"mean_error_vs_single_{name}"),
        .. ComparisonColumns.Select(name => $"failure_rate_vs_single_{name}"),
    ];

    private static IEnumerable<string> VariantCells(VariantSummary variant) =>
    [
        variant.Variant,
        NetworkBuilder.Name(variant.Network),
        string.Join('+', variant.Auxiliary.Select(FaceTasks.Name)),
        Number(variant.Seeds),
        Number(variant.Parameters),
        .. new[] { variant.MeanError, variant.FailureRate, variant.InterOcularError, variant.InterOcularFailureRate }
            .Concat(variant.LandmarkErrors)
            .Concat(variant.LandmarkFailures)
            .Concat(TaskNames.Select(name => variant.Accuracies.GetValueOrDefault(name)))
            .Concat(TaskNames.Select(name => variant.BalancedAccuracies.GetValueOrDefault(name)))
            .SelectMany(estimate => new[] { Number(estimate?.Mean), Number(estimate?.Interval?.Low), Number(estimate?.Interval?.High) }),
        .. ComparisonCells(variant.AgainstBaseline),
        .. ComparisonCells(variant.FailuresAgainstBaseline),
    ];

    private static IEnumerable<string> ComparisonCells(PairedComparison? comparison) => comparison is null ? Enumerable.Repeat("", ComparisonColumns.Length) :
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

    private static string Csv(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(columns))
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return text.ToString();
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
