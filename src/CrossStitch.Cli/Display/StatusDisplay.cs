using System.Globalization;
using CrossStitch.Experiments.Clusters;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>Where a study is, in a terminal.</summary>
internal static class StatusDisplay
{
    private const int Most = 20;

    /// <summary>Prints the counts, the runs under way, and what went wrong.</summary>
    /// <param name="console">Where.</param>
    /// <param name="study">The study.</param>
    /// <param name="slurm">Its jobs.</param>
    /// <param name="status">Where it is.</param>
    /// <param name="queue">The tasks in the queue; null where there is none, or it cannot be read.</param>
    public static void Show(IAnsiConsole console, PlannedStudy study, SlurmStudy slurm, StudyStatus status, IReadOnlyList<QueuedTask>? queue)
    {
        console.MarkupLineInterpolated($"{status.Planned} run{(status.Planned == 1 ? "" : "s")}: {status.Done} done, {status.Running.Count} running, {status.Waiting} waiting, {status.Failed.Count} failed, {status.Lost.Count} lost.{(status.Left is { } left ? $" {Time(left)} left at this pace." : "")}");
        foreach (var job in (queue ?? []).Where(task => task.IsInQueue).GroupBy(task => task.Job))
        {
            var states = job.GroupBy(task => (task.State, task.Reason)).OrderByDescending(group => group.Count())
                .Select(group => $"{group.Count()} {group.Key.State.ToLowerInvariant()}{(group.Key.Reason == "None" ? "" : $" ({group.Key.Reason})")}");
            console.MarkupLineInterpolated($"Job {job.Key.ToString(CultureInfo.InvariantCulture)}: {string.Join(", ", states)}.");
            foreach (var problem in job.Select(task => task.Problem).OfType<string>().Distinct())
            {
                console.MarkupLineInterpolated($"[yellow]{problem}[/]");
            }
        }

        if (status.Running.Count > 0)
        {
            var table = new Table { Border = TableBorder.None };
            table.AddColumns(new TableColumn("[bold]running[/]"), new TableColumn("[bold]epoch[/]").RightAligned(), new TableColumn("[bold]machine[/]"));
            foreach (var run in status.Running.Take(Most))
            {
                table.AddRow(Markup.Escape(run.Folder), string.Create(CultureInfo.InvariantCulture, $"{run.Epoch} of {run.Epochs}"), Markup.Escape(run.Host));
            }

            console.Write(table);
            SayMore(console, status.Running.Count);
        }

        foreach (var failed in status.Failed.Take(Most))
        {
            console.MarkupLineInterpolated($"[red]{failed.Variant}, seed {failed.Seed}, failed:[/] {failed.Reason}");
        }

        SayMore(console, status.Failed.Count);
        if (status.Failed.Count > 0)
        {
            console.MarkupLineInterpolated($"[grey]The command that began the study tries failed runs again, and so does 'crossstitch work {study.Folder} --retry-failed'.[/]");
        }

        ShowLost(console, study, slurm, status, queue ?? []);
    }

    /// <summary>Prints the runs that nothing will come to, what their logs say, and what to do.</summary>
    /// <param name="console">Where.</param>
    /// <param name="study">The study.</param>
    /// <param name="slurm">Its jobs.</param>
    /// <param name="status">Where it is.</param>
    /// <param name="queue">Its tasks, as Slurm knows them.</param>
    public static void ShowLost(IAnsiConsole console, PlannedStudy study, SlurmStudy slurm, StudyStatus status, IReadOnlyList<QueuedTask> queue)
    {
        foreach (var run in status.Lost.Take(Most))
        {
            console.MarkupLineInterpolated($"[red]{run} is lost:[/] no task in the queue will come to it. {slurm.WhatBecame(run, queue) ?? $"Its task left no log: do the nodes see {Path.GetFullPath(study.Folder)}?"}");
        }

        SayMore(console, status.Lost.Count);
        if (status.Lost.Count > 0)
        {
            console.MarkupLineInterpolated($"[grey]The command that began the study submits them again; 'crossstitch work {study.Folder}' does them on this machine.[/]");
        }
    }

    private static void SayMore(IAnsiConsole console, int count)
    {
        if (count > Most)
        {
            console.MarkupLineInterpolated($"[grey]… and {count - Most} more.[/]");
        }
    }

    private static string Time(TimeSpan left) =>
        left.TotalHours >= 48 ? string.Create(CultureInfo.InvariantCulture, $"About {left.TotalDays:0} days")
        : left.TotalMinutes >= 120 ? string.Create(CultureInfo.InvariantCulture, $"About {left.TotalHours:0} hours")
        : left.TotalSeconds >= 90 ? string.Create(CultureInfo.InvariantCulture, $"About {left.TotalMinutes:0} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"About {Math.Max(1, left.TotalSeconds):0} seconds");
}
