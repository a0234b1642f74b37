using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>The networks of a comparison, measure by measure.</summary>
internal static class StudyTable
{
    /// <summary>Prints the table, who wins, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, Study study, StudyResults results)
    {
        if (results.Variants.Count > 0)
        {
            var table = new NetworkScores(study, results);
            PagedTable.Write(console, [.. table.Headers.Select(header => header.Replace(' ', '\n'))], [.. results.Variants.Select(variant => Cells(table, variant))]);
            console.MarkupLineInterpolated($"[grey]{table.Legend}[/]");
            if (study.Domain.Caution(study.Examples) is { } caution)
            {
                console.MarkupLineInterpolated($"[yellow]{caution}[/]");
            }

            console.WriteLine(table.Winner());
        }

        FailureList.Show(console, study);
    }

    private static IReadOnlyList<string> Cells(NetworkScores table, VariantSummary variant)
    {
        var style = table.Best is { } best && best.Name == variant.Name ? "bold green" : "default";
        return [.. table.Cells(variant).Select(cell => $"[{style}]{Markup.Escape(cell.First)}[/]\n[grey]{Markup.Escape(cell.Second)}[/]")];
    }
}
