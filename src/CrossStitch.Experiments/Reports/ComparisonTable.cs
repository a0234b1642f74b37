using System.Text;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Reports;

/// <summary>A comparison as a table of text: for the terminal, and for Markdown.</summary>
public static class ComparisonTable
{
    /// <summary>The table's columns.</summary>
    public static IReadOnlyList<string> Headers { get; } =
        ["network", .. Enum.GetValues<Landmark>().Select(Words.Of), "overall", "vs single", .. FaceTasks.AllAuxiliary.Select(FaceTasks.Name)];

    /// <summary>What the numbers are, in a sentence.</summary>
    public const string Legend =
        "All in %. Landmarks: mean error in box widths, then failures (faces with an error above 5 % of the box width). vs single: overall less the baseline's; negative is better. Attributes: accuracy, then balanced accuracy.";

    /// <summary>The cells of a line, under <see cref="Headers"/>: a first number, and a second one where there is one.</summary>
    /// <param name="row">The line.</param>
    public static IReadOnlyList<(string First, string Second)> Cells(ComparisonRow row) =>
    [
        (row.Variant, ""),
        .. row.Landmarks.Select(Cell),
        Cell(row.Overall),
        row.Difference is { } difference ? (ResultText.Signed(difference.MeanError), ResultText.Signed(difference.FailureRate, 1)) : ("", ""),
        .. FaceTasks.AllAuxiliary.Select(FaceTasks.Name).Select(task => row.Accuracies.TryGetValue(task, out var accuracy)
            ? (ResultText.Percent(accuracy, 1), ResultText.Percent(row.BalancedAccuracies[task], 1))
            : ("", "")),
    ];

    /// <summary>The whole table in Markdown, without the legend.</summary>
    /// <param name="rows">Its lines.</param>
    public static string Markdown(IEnumerable<ComparisonRow> rows)
    {
        var text = new StringBuilder();
        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Line(Headers);
        Line(Headers.Select(header => header == "network" ? "---" : "---:"));
        foreach (var row in rows)
        {
            Line(Cells(row).Select(cell => cell.Second.Length == 0 ? cell.First : $"{cell.First} / {cell.Second}"));
        }

        return text.ToString();
    }

    /// <summary>Who wins, in a sentence.</summary>
    /// <param name="rows">The comparison's lines.</param>
    public static string Verdict(IReadOnlyList<ComparisonRow> rows)
    {
        if (rows.Count < 2)
        {
            return "";
        }

        var best = rows.MinBy(row => row.Overall.MeanError)!;
        var baseline = rows.FirstOrDefault(row => row.Network == NetworkKind.Single);
        var runs = rows.Max(row => row.Runs) == 1 ? "one seed each, so small differences may be chance" : $"means over {best.Runs} seeds";
        var lead = $"Lowest error: {best.Variant}, {ResultText.Percent(best.Overall.MeanError)} % of the box width";
        return baseline is null || best == baseline
            ? $"{lead} ({runs})."
            : $"{lead}, against {ResultText.Percent(baseline.Overall.MeanError)} % of the single-task baseline ({runs}).";
    }

    private static (string, string) Cell(LandmarkError error) => (ResultText.Percent(error.MeanError), ResultText.Percent(error.FailureRate, 1));
}
