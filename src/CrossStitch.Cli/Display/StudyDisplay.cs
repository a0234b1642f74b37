using System.Globalization;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Statistics;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>What a study found, in a terminal.</summary>
internal static class StudyDisplay
{
    /// <summary>Prints the table of networks, the answers, the verdict, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, Study study, StudyResults results)
    {
        var table = new Table { Border = TableBorder.SimpleHeavy };
        table.AddColumn("network");
        foreach (var header in new[] { "seeds", "mean error\n% of box", "failures\n%", "difference\nfrom single", "95 % interval", "p (Holm)" })
        {
            table.AddColumn(new TableColumn(header) { Alignment = Justify.Right, NoWrap = true });
        }

        table.AddColumn("verdict");
        foreach (var variant in results.Variants)
        {
            var against = variant.AgainstBaseline;
            var style = against?.Verdict switch
            {
                Verdict.Better => "green",
                Verdict.Worse => "red",
                _ => "default",
            };
            string[] cells =
            [
                variant.Variant,
                variant.Seeds.ToString(CultureInfo.InvariantCulture),
                Percent(variant.MeanError.Mean, "0.00"),
                Percent(variant.FailureRate.Mean, "0.0"),
                against is null ? "" : Percent(against.Difference, "+0.00;\u22120.00"),
                against is null ? "" : $"{Percent(against.Interval.Low, "+0.00;\u22120.00")} to {Percent(against.Interval.High, "+0.00;\u22120.00")}",
                against is null ? "" : against.AdjustedPValue.ToString("0.000", CultureInfo.InvariantCulture),
                against?.Verdict switch
                {
                    Verdict.Better => "better",
                    Verdict.Worse => "worse",
                    null => "",
                    _ => "not distinguishable",
                },
            ];
            table.AddRow([.. cells.Select(cell => $"[{style}]{Markup.Escape(cell)}[/]")]);
        }

        console.Write(table);
        foreach (var answer in results.Questions)
        {
            console.MarkupLineInterpolated($"[bold]{answer.Question.Title}[/] {answer.Sentence}");
        }

        console.WriteLine(results.Verdict);
        foreach (var failure in study.Failures)
        {
            console.MarkupLineInterpolated($"[red]{failure.Variant}, seed {failure.Seed}, failed:[/] {failure.Reason}");
        }
    }

    private static string Percent(double share, string format) => (100 * share).ToString(format, CultureInfo.InvariantCulture);
}
