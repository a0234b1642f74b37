using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>The runs that are missing from a study's results, and why.</summary>
internal static class FailureList
{
    private const int Most = 20;

    /// <summary>Prints a line a run, and what to do about damaged ones.</summary>
    public static void Show(IAnsiConsole console, Study study)
    {
        foreach (var failure in study.Failures.Take(Most))
        {
            console.MarkupLineInterpolated($"[red]{failure.Variant}, seed {failure.Seed}, {(failure.IsDamaged ? "is left out, for a file is damaged" : "failed")}:[/] {failure.Reason}");
        }

        if (study.Failures.Count > Most)
        {
            console.MarkupLineInterpolated($"[grey]… and {study.Failures.Count - Most} more; the report lists them.[/]");
        }

        if (study.Failures.Any(failure => failure.IsDamaged))
        {
            console.MarkupLineInterpolated($"[yellow]Restore damaged files, or run the command that began the study again with --redo-damaged: it keeps the damaged runs beside the new ones.[/]");
        }
    }
}
