using System.Globalization;

namespace CrossStitch.Fuzz.Runs;

/// <summary>Results as a table, and what was found.</summary>
internal static class ResultTable
{
    private static readonly string[] Head = ["target", "inputs", "a second", "accepted", "refused", "slowest, s", "most, MB", "process, MB", "at its end", "findings"];

    /// <summary>The text.</summary>
    /// <param name="results">What came of each target.</param>
    public static string Of(IReadOnlyList<(string Target, Tally Tally)> results)
    {
        var all = new Tally();
        foreach (var (_, tally) in results)
        {
            all.Add(tally);
        }

        var rows = results.Append(("all", all)).Select(result => Row(result.Item1, result.Item2)).Prepend(Head).ToList();
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        var lines = rows.Select(row => string.Join("  ", row.Select((cell, column) => column is 0 or 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        var found = results.SelectMany(result => result.Tally.Found.Select(fault => $"{result.Target}: {fault.Value.Count}× {fault.Key}\n    {(fault.Value.File is { } file ? FindingFolder.Command(file) : "")}"));
        return $"{string.Join('\n', lines)}\n{(all.Found.Count == 0 ? "" : $"\nFindings:\n{string.Join('\n', found)}\n")}";
    }

    private static string[] Row(string target, Tally tally) =>
    [
        target,
        tally.Inputs.ToString(CultureInfo.InvariantCulture),
        (tally.Inputs / Math.Max(0.001, tally.Seconds)).ToString("0", CultureInfo.InvariantCulture),
        tally.Accepted.ToString(CultureInfo.InvariantCulture),
        tally.Refused.Count == 0 ? "0" : string.Join(", ", tally.Refused.Select(refused => $"{refused.Value} {refused.Key.Replace("Exception", "", StringComparison.Ordinal)}")),
        $"{tally.Slowest.ToString("0.000", CultureInfo.InvariantCulture)} ({tally.SlowestNumber})",
        $"{(tally.Most / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture)} ({tally.MostNumber})",
        (tally.Peak >> 20).ToString(CultureInfo.InvariantCulture),
        (tally.Left >> 20).ToString(CultureInfo.InvariantCulture),
        tally.Found.Values.Sum(found => found.Count).ToString(CultureInfo.InvariantCulture),
    ];
}
