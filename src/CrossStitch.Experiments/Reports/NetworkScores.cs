using System.Text;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Reports;

/// <summary>The networks of a study as a table of text: for the terminal, and for Markdown.</summary>
/// <param name="study">The study.</param>
/// <param name="results">What it found.</param>
public sealed class NetworkScores(Study study, StudyResults results)
{
    private readonly IReadOnlyList<ScoreColumn> _columns = [.. study.Domain.Columns(study.Tasks).Where(column => !column.IsDetail)];
    private readonly Dictionary<string, Measure> _measures = study.Measures.ToDictionary(measure => measure.Name);

    /// <summary>The table's columns: the network, the domain's columns, and after the main measure the difference from the baseline.</summary>
    public IReadOnlyList<string> Headers =>
        ["network", .. _columns.SelectMany(column => IsMain(column) && study.Baseline is { } baseline ? new[] { column.Header, $"vs {baseline.Name}" } : [column.Header])];

    /// <summary>What the numbers are, in a sentence or two.</summary>
    public string Legend => study.Baseline is { } baseline
        ? $"{study.Domain.Legend(study.Tasks)} vs {baseline.Name}: {study.Measures[0].Title} less the baseline's; {(study.Measures[0].HigherIsBetter ? "positive" : "negative")} is better."
        : study.Domain.Legend(study.Tasks);

    /// <summary>The cells of a line, under <see cref="Headers"/>: a first number, and a second one where there is one.</summary>
    /// <param name="variant">The line.</param>
    public IReadOnlyList<(string First, string Second)> Cells(VariantSummary variant) =>
    [
        (variant.Name, ""),
        .. _columns.SelectMany(column => IsMain(column) && study.Baseline is not null ? new[] { Cell(variant, column), Difference(variant, column) } : [Cell(variant, column)]),
    ];

    /// <summary>The whole table in Markdown, without the legend.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Line(Headers);
        Line(Headers.Select((_, i) => i == 0 ? "---" : "---:"));
        foreach (var variant in results.Variants)
        {
            Line(Cells(variant).Select(cell => cell.Second.Length == 0 ? cell.First : $"{cell.First} / {cell.Second}"));
        }

        return text.ToString();
    }

    /// <summary>The network that does best by the main measure; null with fewer than two.</summary>
    public VariantSummary? Best => results.Variants.Count < 2 ? null
        : study.Measures[0].HigherIsBetter ? results.Variants.MaxBy(variant => variant.Mean(study.Measures[0])) : results.Variants.MinBy(variant => variant.Mean(study.Measures[0]));

    /// <summary>Who wins, in a sentence; empty with fewer than two networks.</summary>
    public string Winner()
    {
        if (Best is not { } best)
        {
            return "";
        }

        var main = study.Measures[0];
        var seeds = results.Variants.Max(variant => variant.Seeds) == 1 ? "one seed each, so small differences may be chance" : $"means over {best.Seeds} seeds";
        var lead = $"{(main.HigherIsBetter ? "Highest" : "Lowest")} {main.Title}: {best.Name}, {ResultText.AmountWithUnit(best.Mean(main), main)}";
        return results.Variants.FirstOrDefault(variant => variant.Name == study.Baseline?.Name) is { } baseline && baseline != best
            ? $"{lead}, against {ResultText.AmountWithUnit(baseline.Mean(main), main)} of {baseline.Name}, the baseline ({seeds})."
            : $"{lead} ({seeds}).";
    }

    private bool IsMain(ScoreColumn column) => column.First == study.Measures[0].Name;

    private (string, string) Cell(VariantSummary variant, ScoreColumn column) => (Text(variant, column.First), Text(variant, column.Second));

    private string Text(VariantSummary variant, string? measure) =>
        measure is not null && variant.Of(measure) is { } estimate ? ResultText.Amount(estimate.Mean, _measures[measure]) : "";

    private static (string, string) Difference(VariantSummary variant, ScoreColumn column) => (Difference(variant, column.First), Difference(variant, column.Second));

    private static string Difference(VariantSummary variant, string? measure) =>
        measure is not null && variant.AgainstBaseline.TryGetValue(measure, out var comparison) ? ResultText.Difference(comparison) : "";
}
