using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary>What the commands that do studies have in common: load, train, collect, report.</summary>
internal static class StudyWork
{
    /// <summary>The option that does damaged runs again.</summary>
    public static Option<bool> RedoDamaged() => new("--redo-damaged") { Description = "Train runs again that have a damaged file; what is damaged is kept in folders beside them, which end in .damaged and a number." };

    /// <summary>Does a study and writes its results; the report too if asked for.</summary>
    /// <param name="terminal">Where progress goes.</param>
    /// <param name="plan">The study.</param>
    /// <param name="catalog">What its recipes name.</param>
    /// <param name="output">Its folder, whether to begin anew there, and whether to do damaged runs again.</param>
    /// <param name="parallel">How many networks to train at once.</param>
    /// <param name="report">Whether to write the report.</param>
    /// <param name="cancellation">Stops it.</param>
    public static (Study Study, StudyResults Results) Do(
        Terminal terminal, StudyPlan plan, Catalog catalog, (string Path, bool Fresh, bool RedoDamaged) output, int parallel, bool report, CancellationToken cancellation)
    {
        var folder = output.Path;
        var (data, runs) = Load(terminal, plan, catalog, folder, parallel, cancellation);
        try
        {
            using var bars = new Bars(terminal.Progress);
            new StudyRunner(plan, data, folder, catalog, parallel, output.Fresh, output.RedoDamaged).Run(new StudyFollower(bars, runs), cancellation);
        }
        catch (OperationCanceledException)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]What has finished is kept: the same command goes on where it was; 'crossstitch report {folder}' draws what there is.[/]");
            throw;
        }

        return Collect(plan, folder, catalog, report, cancellation);
    }

    /// <summary>Loads a study's examples, and says what there is to do.</summary>
    public static (Dataset Data, IReadOnlyList<PlannedRun> Runs) Load(Terminal terminal, StudyPlan plan, Catalog catalog, string folder, int parallel, CancellationToken cancellation)
    {
        OutputPlace.RequireFolder(folder);
        var data = DataLoading.Show(terminal.Progress, plan.Recipe.Data, cancellation);
        var runs = plan.Runs(catalog);
        if (runs.Count > 1)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]{runs.Count} runs in {folder}{(parallel > 1 ? $", {parallel} at once" : "")}.[/]");
        }

        return (data, runs);
    }

    /// <summary>Reads what a study found, writes it down, and gives what of it was asked for.</summary>
    public static (Study Study, StudyResults Results) Collect(StudyPlan plan, string folder, Catalog catalog, bool report, CancellationToken cancellation)
    {
        var study = Study.Load(folder, catalog);
        var results = Write(study, report, cancellation);
        return plan.Variants.Count == study.Variants.Count ? (study, results) : Only(plan, study);
    }

    /// <summary>Writes what a study found, and the report if asked for.</summary>
    public static StudyResults Write(Study study, bool report, CancellationToken cancellation)
    {
        var results = StudyResults.Of(study);
        StudyFiles.Write(study, results);
        if (report)
        {
            StudyReport.Write(study, results, cancellation);
        }

        return results;
    }

    /// <summary>Of a folder in which more was compared earlier, what was asked for now.</summary>
    private static (Study Study, StudyResults Results) Only(StudyPlan plan, Study study)
    {
        var names = plan.Variants.Select(variant => variant.Name).ToHashSet();
        var asked = study with
        {
            Variants = [.. study.Variants.Where(variant => names.Contains(variant.Name))],
            Runs = [.. study.Runs.Where(run => names.Contains(run.Variant.Name) && plan.Seeds.Contains(run.Result.Seed))],
            Failures = [.. study.Failures.Where(failure => names.Contains(failure.Variant))],
        };
        return (asked, StudyResults.Of(asked));
    }
}
