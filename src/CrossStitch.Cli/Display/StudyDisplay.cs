using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>What a study found, in a terminal.</summary>
internal sealed class StudyDisplay
{
    private const int Gap = 2;

    private readonly Study _study;
    private readonly StudyResults _results;
    private readonly Column _network;
    private readonly (Column Column, Column? Below)[][] _layouts;

    private StudyDisplay(Study study, StudyResults results)
    {
        (_study, _results) = (study, results);
        var main = study.Measures[0];
        var baseline = study.Baseline?.Name ?? "baseline";
        Column Compared(string header, Func<PairedComparison, string> read, string meaning = "") =>
            new(header, variant => variant.AgainstBaseline.TryGetValue(main.Name, out var comparison) ? read(comparison) : "", meaning);
        Column Measured(Measure measure) => new(measure.Title.Replace(' ', '\n'), variant => ResultText.Amount(variant.Mean(measure), measure), measure.Unit.Length > 0 ? $"{char.ToUpperInvariant(measure.Title[0])}{measure.Title[1..]} in {measure.Unit}." : "");
        _network = new Column("network", variant => variant.Name);
        var (seeds, error) = (new Column("seeds", variant => ResultText.Count(variant.Seeds)), Measured(main));
        var others = study.Measures.Skip(1).Where(measure => measure.IsCompared).Select(measure => (Measured(measure), (Column?)null));
        var difference = Compared($"vs\n{baseline}", ResultText.Difference, $"vs {baseline}: {main.Title} less the baseline's; {(main.HigherIsBetter ? "positive" : "negative")} is better.");
        var interval = Compared("95 % interval", ResultText.Interval);
        var both = Compared("", comparison => $"  {ResultText.Difference(comparison)} ({ResultText.Interval(comparison)})", $"Below a name: {main.Title} less the baseline's, with its 95 % interval; {(main.HigherIsBetter ? "positive" : "negative")} is better.");
        var p = Compared("p", comparison => ResultText.P(comparison.AdjustedPValue), "p: after Holm's correction.");
        var outcome = Compared("verdict", comparison => ResultText.Of(comparison.Verdict), "Verdict: after all comparisons are allowed for.");

        // From wide to narrow: a narrow terminal has what it has no column for on a second line, and at last not at all.
        _layouts =
        [
            [(_network, null), (seeds, null), (error, null), .. others, (difference, null), (interval, null), (p, null), (outcome, null)],
            [(_network, null), (error, null), (difference, null), (interval, null), (outcome, null)],
            [(_network, both), (error, null), (outcome, null)],
            [(_network, null), (error, null), (outcome, null)],
        ];
    }

    /// <summary>Prints the table of networks, the answers, the verdict, and the runs that failed.</summary>
    public static void Show(IAnsiConsole console, Study study, StudyResults results) => new StudyDisplay(study, results).Show(console);

    private void Show(IAnsiConsole console)
    {
        var layout = _layouts.FirstOrDefault(layout => Width(layout, _results.Variants) <= console.Profile.Width) ?? _layouts[^1];
        console.Write(Table(layout, _results.Variants));
        console.MarkupLineInterpolated($"[grey]{string.Join(' ', layout.SelectMany(cell => new[] { cell.Column.Meaning, cell.Below?.Meaning ?? "" }).Where(meaning => meaning.Length > 0))}[/]");
        foreach (var answer in _results.Questions)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{answer.Question.Title}[/] {answer.Sentence}");
        }

        console.WriteLine();
        console.WriteLine(_results.Verdict);
        if (_study.Domain.Caution(_study.Examples) is { } note)
        {
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        }

        FailureList.Show(console, _study);
    }

    private Table Table((Column Column, Column? Below)[] layout, IReadOnlyList<VariantSummary> variants)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (column, _) in layout)
        {
            var isLast = column == layout[^1].Column;
            table.AddColumn(new TableColumn($"[bold]{column.Header}[/]")
            {
                NoWrap = true,
                Padding = new Padding(0, 0, isLast ? 0 : Gap, 0),
                Alignment = column == _network || isLast ? Justify.Left : Justify.Right,
            });
        }

        foreach (var variant in variants)
        {
            var style = variant.AgainstBaseline.GetValueOrDefault(_study.Measures[0].Name)?.Verdict switch
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
