using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>What a study found, in a terminal.</summary>
internal static class StudyDisplay
{
    private const int Gap = 2;

    private static readonly Column Network = new("network", variant => variant.Variant);

    private static readonly Column Seeds = new("seeds", variant => ResultText.Count(variant.Seeds));

    private static readonly Column Error = new("mean\nerror", variant => ResultText.Percent(variant.MeanError.Mean), "Mean error in % of the box width.");

    private static readonly Column Failures = new("fail-\nures", variant => ResultText.Percent(variant.FailureRate.Mean, 1), "Failures: % of faces with an error above 5 %.");

    private static readonly Column Difference = Compared("vs\nsingle", ResultText.Difference, "vs single: mean error less the baseline's; negative is better.");

    private static readonly Column Interval = Compared("95 % interval", ResultText.Interval);

    private static readonly Column Both = Compared("", comparison => $"  {ResultText.Difference(comparison)} ({ResultText.Interval(comparison)})", "Below a name: mean error less the baseline's, with its 95 % interval; negative is better.");

    private static readonly Column P = Compared("p", comparison => ResultText.P(comparison.AdjustedPValue), "p: after Holm's correction.");

    private static readonly Column Outcome = Compared("verdict", comparison => ResultText.Of(comparison.Verdict), "Verdict: after all comparisons are allowed for.");

    /// <summary>From wide to narrow: a narrow terminal has what it has no column for on a second line, and at last not at all.</summary>
    private static readonly (Column Column, Column? Below)[][] Layouts =
    [
        [(Network, null), (Seeds, null), (Error, null), (Failures, null), (Difference, null), (Interval, null), (P, null), (Outcome, null)],
        [(Network, null), (Error, null), (Difference, null), (Interval, null), (Outcome, null)],
        [(Network, Both), (Error, null), (Outcome, null)],
        [(Network, null), (Error, null), (Outcome, null)],
    ];

    /// <summary>Prints the table of networks, the answers, the verdict, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, Study study, StudyResults results)
    {
        var layout = Layouts.FirstOrDefault(layout => Width(layout, results.Variants) <= console.Profile.Width) ?? Layouts[^1];
        console.Write(Table(layout, results.Variants));
        console.MarkupLineInterpolated($"[grey]{string.Join(' ', layout.SelectMany(cell => new[] { cell.Column.Meaning, cell.Below?.Meaning ?? "" }).Where(meaning => meaning.Length > 0))}[/]");
        foreach (var answer in results.Questions)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{answer.Question.Title}[/] {answer.Sentence}");
        }

        console.WriteLine();
        console.WriteLine(results.Verdict);
        if (BoxRemark.Of(study.TestFaces.Faces) is { } note)
        {
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        }

        foreach (var failure in study.Failures)
        {
            console.MarkupLineInterpolated($"[red]{failure.Variant}, seed {failure.Seed}, failed:[/] {failure.Reason}");
        }
    }

    private static Table Table((Column Column, Column? Below)[] layout, IReadOnlyList<VariantSummary> variants)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (column, _) in layout)
        {
            var isLast = column == layout[^1].Column;
            table.AddColumn(new TableColumn($"[bold]{column.Header}[/]")
            {
                NoWrap = true,
                Padding = new Padding(0, 0, isLast ? 0 : Gap, 0),
                Alignment = column == Network || isLast ? Justify.Left : Justify.Right,
            });
        }

        foreach (var variant in variants)
        {
            var style = variant.AgainstBaseline?.Verdict switch
            {
                Verdict.Better => "green",
                Verdict.Worse => "red",
                _ => "default",
            };
            table.AddRow([.. layout.Select(cell =>
                $"[{style}]{Markup.Escape(cell.Column.Of(variant))}[/]{(cell.Below?.Of(variant) is { Length: > 0 } below ? $"\n[grey]{Markup.Escape(below)}[/]" : "")}")]);
        }

        return table;
    }

    private static int Width((Column Column, Column? Below)[] layout, IReadOnlyList<VariantSummary> variants) =>
        layout.Sum(cell => Math.Max(cell.Column.Width(variants), cell.Below?.Width(variants) ?? 0)) + (Gap * (layout.Length - 1));

    private static Column Compared(string header, Func<PairedComparison, string> read, string meaning = "") =>
        new(header, variant => variant.AgainstBaseline is { } comparison ? read(comparison) : "", meaning);

    /// <summary>A column.</summary>
    /// <param name="Header">Its head.</param>
    /// <param name="Of">Its cell of a network; empty without a comparison that it needs.</param>
    /// <param name="Meaning">What it holds, in a sentence; empty where the head says it.</param>
    private sealed record Column(string Header, Func<VariantSummary, string> Of, string Meaning = "")
    {
        /// <summary>Characters that it takes.</summary>
        public int Width(IReadOnlyList<VariantSummary> variants) => Header.Split('\n').Concat(variants.Select(Of)).Max(text => text.Length);
    }
}
