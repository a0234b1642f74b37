using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>How a network does on examples, as tables.</summary>
/// <param name="data">Where the examples come from.</param>
internal sealed class EvaluationDisplay(DataRecipe data)
{
    private readonly Domain _domain = data.Domain();
    private readonly Dictionary<string, Measure> _measures = data.Domain().Measures(data.Tasks()).ToDictionary(measure => measure.Name);

    /// <summary>Prints the tables.</summary>
    /// <param name="console">Where.</param>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="caution">What flatters the result; null for nothing.</param>
    /// <param name="what">What the examples are, such as "test".</param>
    public void Show(IAnsiConsole console, Evaluation evaluation, string? caution, string what)
    {
        console.MarkupLineInterpolated($"[bold]{evaluation.Overall.Examples} {$"{what} {_domain.Example}s".TrimStart()}[/]");
        foreach (var table in _domain.Tables(data.Tasks()))
        {
            var rows = table.Rows.Where(row => row.Measures.Any(evaluation.Overall.Measures.ContainsKey)).ToList();
            if (rows.Count > 0)
            {
                PagedTable.Write(console, [table.Head, .. table.Columns], [.. rows.Select(row => (string[])[row.Name, .. row.Measures.Select(name => Text(evaluation.Overall, name))])]);
            }
        }

        foreach (var remark in _domain.Remarks(evaluation.Overall))
        {
            console.MarkupLineInterpolated($"[grey]{remark}[/]");
        }

        if (caution is not null)
        {
            console.MarkupLineInterpolated($"[yellow]{caution}[/]");
        }

        ShowGroups(console, evaluation);
        foreach (var (task, counts) in evaluation.Confusion)
        {
            ShowConfusion(console, task, counts);
        }
    }

    private void ShowGroups(IAnsiConsole console, Evaluation evaluation)
    {
        var columns = _domain.Columns(data.Tasks()).Where(column => evaluation.Overall.Measures.ContainsKey(column.First) && (_measures[column.First].IsCompared || _measures[column.First].IsWatched)).ToList();
        if (columns.Count == 0)
        {
            return;
        }

        string[] Row(string name, GroupEvaluation group) =>
        [
            Markup.Escape(name),
            group.Examples.ToString(CultureInfo.InvariantCulture),
            .. columns.Select(column => column.Second is { } second ? $"{Text(group, column.First)}\n[grey]{Text(group, second)}[/]" : Text(group, column.First)),
        ];
        PagedTable.Write(
            console,
            [$"{_domain.Example}s", "count", .. columns.Select(column => column.Header)],
            [
                Row("all", evaluation.Overall),
                .. evaluation.Groups.Where(grouping => _domain.Breakdown?.Contains(grouping.Key) ?? true).SelectMany(grouping => grouping.Value.Select(group => Row($"{grouping.Key} {group.Key}", group.Value))),
            ]);
        console.MarkupLineInterpolated($"[grey]{_domain.Legend(data.Tasks())}[/]");
    }

    private void ShowConfusion(IAnsiConsole console, string task, IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var classes = data.Tasks().FirstOrDefault(one => one.Name == task) is { OutputNames.Count: > 0 } known ? known.OutputNames : [.. counts.Select((_, i) => i.ToString(CultureInfo.InvariantCulture))];
        PagedTable.Write(
            console,
            [Markup.Escape($"true {task}"), .. classes.Select(name => Markup.Escape($"predicted\n{name}"))],
            [.. counts.Select((row, truth) => (string[])[Markup.Escape(classes[truth]), .. row.Select(count => count.ToString(CultureInfo.InvariantCulture))])]);
    }

    private string Text(GroupEvaluation group, string measure) =>
        group.Measures.TryGetValue(measure, out var value) ? ResultText.Amount(value, _measures[measure]) : "–";
}
