using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Reports;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>A comparison under way, and its table.</summary>
internal static class ComparisonDisplay
{
    /// <summary>Follows runs with a bar for each that is under way and one for all, which knows the time left.</summary>
    public static T Follow<T>(IAnsiConsole console, IReadOnlyList<PlannedRun> runs, Func<IProgress<ComparisonProgress>, T> work)
    {
        using var bars = new Bars(console);
        return work(new ComparisonFollower(bars, runs));
    }

    /// <summary>Prints the table, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, ComparisonOutcome outcome)
    {
        if (outcome.Rows.Count > 0)
        {
            PagedTable.Write(console, [.. ComparisonTable.Headers.Select(header => header.Replace(' ', '\n'))], Cells(outcome.Rows));
            console.MarkupLineInterpolated($"[grey]{ComparisonTable.Legend}[/]");
            if (BoxRemark.Of(outcome.Rows[0].Boxes) is { } remark)
            {
                console.MarkupLineInterpolated($"[yellow]{remark}[/]");
            }

            console.WriteLine(ComparisonTable.Verdict(outcome.Rows));
        }

        foreach (var (run, reason) in outcome.Failures)
        {
            console.MarkupLineInterpolated($"[red]{run.FolderName} failed:[/] {reason}");
        }
    }

    private static List<IReadOnlyList<string>> Cells(IReadOnlyList<ComparisonRow> rows)
    {
        var best = rows.Min(row => row.Overall.MeanError);
        return [.. rows.Select(row =>
        {
            var style = row.Overall.MeanError == best ? "bold green" : "default";
            return ComparisonTable.Cells(row).Select(cell => $"[{style}]{Markup.Escape(cell.First)}[/]\n[grey]{Markup.Escape(cell.Second)}[/]").ToArray();
        })];
    }
}
