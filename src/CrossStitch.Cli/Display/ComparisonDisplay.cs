using System.Globalization;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>A comparison under way, and its table.</summary>
internal static class ComparisonDisplay
{
    /// <summary>Characters that the whole table needs.</summary>
    private const int WholeTable = 108;

    /// <summary>Follows runs with a bar for each that is under way and one for all, which knows the time left.</summary>
    public static T Follow<T>(IAnsiConsole console, IReadOnlyList<PlannedRun> runs, Func<IProgress<ComparisonProgress>, T> work) =>
        Bars.Create(console).Start(context =>
        {
            var all = context.AddTask("all networks", maxValue: runs.Sum(Cost));
            return work(new Follower(console, context, all, runs));
        });

    /// <summary>Prints the table, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, ComparisonOutcome outcome)
    {
        var columns = Enumerable.Range(1, ComparisonTable.Headers.Count - 1).ToArray();
        if (console.Profile.Width >= WholeTable)
        {
            console.Write(Table(outcome.Rows, columns));
        }
        else
        {
            // On a narrow terminal numbers would be broken in the middle: landmarks first, then attributes.
            var attributes = columns.Length - FaceTasks.AllAuxiliary.Count;
            console.Write(Table(outcome.Rows, columns[..attributes]));
            console.Write(Table(outcome.Rows, columns[attributes..]));
        }

        console.MarkupLineInterpolated($"[grey]{ComparisonTable.Legend}[/]");
        console.WriteLine(ComparisonTable.Verdict(outcome.Rows));
        foreach (var (run, reason) in outcome.Failures)
        {
            console.MarkupLineInterpolated($"[red]{run.FolderName} failed:[/] {reason}");
        }
    }

    private static Table Table(IReadOnlyList<ComparisonRow> rows, int[] columns)
    {
        var table = new Table { Border = TableBorder.SimpleHeavy };
        foreach (var column in columns.Prepend(0))
        {
            table.AddColumn(new TableColumn(ComparisonTable.Headers[column].Replace(' ', '\n'))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, 1, 0),
                Alignment = column == 0 ? Justify.Left : Justify.Right,
            });
        }

        var best = rows.Count > 0 ? rows.Min(row => row.Overall.MeanError) : 0;
        foreach (var row in rows)
        {
            var style = row.Overall.MeanError == best ? "bold green" : "default";
            var cells = ComparisonTable.Cells(row);
            table.AddRow(columns.Prepend(0).Select(column => $"[{style}]{cells[column].First}[/]\n[grey]{cells[column].Second}[/]").ToArray());
        }

        return table;
    }

    /// <summary>Two towers take about twice the time of one.</summary>
    private static double Cost(PlannedRun run) => run.Recipe.Network is NetworkKind.Single or NetworkKind.Split ? 1 : 2;

    private sealed class Follower(IAnsiConsole console, ProgressContext context, ProgressTask all, IReadOnlyList<PlannedRun> runs) : IProgress<ComparisonProgress>
    {
        private readonly Dictionary<int, ProgressTask> _underWay = [];
        private readonly double[] _done = new double[runs.Count];
        private int _ended;

        private static string Outcome(ComparisonProgress ended) => ended.Result is { } result
            ? string.Create(CultureInfo.InvariantCulture, $"error {100 * result.Test!.Overall.Landmarks!.Overall.MeanError:0.00} %, {result.Epochs} epochs in {result.TrainingSeconds:0} s")
            : $"failed: {ended.Failure}";

        public void Report(ComparisonProgress value)
        {
            if (!_underWay.TryGetValue(value.Index, out var bar))
            {
                bar = _underWay[value.Index] = context.AddTask(Markup.Escape($"{value.Run.FolderName} ({value.Index + 1} of {runs.Count})"));
            }

            if (value.Step is { } step)
            {
                bar.MaxValue = step.Steps;
                bar.Value = step.Step;
                _done[value.Index] = Cost(value.Run) * step.Step / step.Steps;
            }
            else if (value.Ended)
            {
                bar.StopTask();
                _underWay.Remove(value.Index);
                _done[value.Index] = Cost(value.Run);
                _ended++;
                console.MarkupLineInterpolated($"[grey]{value.Run.FolderName}: {Outcome(value)} ({_ended} of {runs.Count} done)[/]");
            }

            all.Value = _done.Sum();
        }
    }
}
