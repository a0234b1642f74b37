using System.Globalization;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>A comparison under way, and its table.</summary>
internal static class ComparisonDisplay
{
    /// <summary>Follows a comparison with a bar for the run under way and one for all, which knows the time left.</summary>
    public static ComparisonOutcome Follow(IAnsiConsole console, ComparisonPlan plan, Func<IProgress<ComparisonProgress>, ComparisonOutcome> work) =>
        Bars.Create(console).Start(context =>
        {
            var runs = plan.Runs();
            var all = context.AddTask("all networks", maxValue: runs.Sum(Cost));
            return work(new Follower(console, context, all, runs));
        });

    /// <summary>Prints the table, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, ComparisonOutcome outcome)
    {
        var table = new Table { Border = TableBorder.SimpleHeavy };
        foreach (var header in ComparisonTable.Headers)
        {
            var column = new TableColumn(header.Replace(' ', '\n')) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(column.Alignment(header == "network" ? Justify.Left : Justify.Right));
        }

        var best = outcome.Rows.Count > 0 ? outcome.Rows.Min(row => row.Overall.MeanError) : 0;
        foreach (var row in outcome.Rows)
        {
            var style = row.Overall.MeanError == best ? "bold green" : "default";
            table.AddRow(ComparisonTable.Cells(row).Select(cell => $"[{style}]{cell.First}[/]\n[grey]{cell.Second}[/]").ToArray());
        }

        console.Write(table);
        console.MarkupLineInterpolated($"[grey]{ComparisonTable.Legend}[/]");
        console.WriteLine(ComparisonTable.Verdict(outcome.Rows));
        foreach (var (run, reason) in outcome.Failures)
        {
            console.MarkupLineInterpolated($"[red]{run.FolderName} failed:[/] {reason}");
        }
    }

    /// <summary>Two towers take about twice the time of one.</summary>
    private static double Cost(PlannedRun run) => run.Recipe.Network is NetworkKind.Single or NetworkKind.Split ? 1 : 2;

    private sealed class Follower(IAnsiConsole console, ProgressContext context, ProgressTask all, IReadOnlyList<PlannedRun> runs) : IProgress<ComparisonProgress>
    {
        private ProgressTask? _run;

        private static string Outcome(ComparisonProgress ended) => ended.Result is { } result
            ? string.Create(CultureInfo.InvariantCulture, $"error {100 * result.Test!.Overall.Landmarks!.Overall.MeanError:0.00} %, {result.Epochs} epochs in {result.TrainingSeconds:0} s")
            : "failed";

        public void Report(ComparisonProgress value)
        {
            var before = runs.Take(value.Index).Sum(Cost);
            _run ??= context.AddTask(Markup.Escape($"{value.Run.FolderName} ({value.Index + 1} of {runs.Count})"));
            if (value.Step is { } step)
            {
                _run.MaxValue = step.Steps;
                _run.Value = step.Step;
                all.Value = before + (Cost(value.Run) * step.Step / step.Steps);
            }
            else if (value.Ended)
            {
                _run.StopTask();
                _run = null;
                all.Value = before + Cost(value.Run);
                console.MarkupLineInterpolated($"[grey]{value.Run.FolderName}: {Outcome(value)}[/]");
            }
        }
    }
}
