using System.Globalization;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Clusters;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary>A study whose runs a cluster does.</summary>
internal static class ClusterWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Writes the plan and the examples into the study's folder, and submits what is not done if there is a cluster.</summary>
    /// <param name="terminal">Where progress goes.</param>
    /// <param name="plan">The study.</param>
    /// <param name="catalog">What its recipes name.</param>
    /// <param name="output">Its folder, whether to begin anew there, and whether to do damaged runs again.</param>
    /// <param name="place">Where the runs are done.</param>
    /// <param name="cancellation">Ends it; jobs that were submitted go on.</param>
    /// <returns>Whether nothing is left to do, or to wait for.</returns>
    /// <exception cref="CrossStitchException">Slurm is not here or refuses, or something of the study is wrong.</exception>
    public static bool Begin(
        Terminal terminal, StudyPlan plan, Catalog catalog, (string Path, bool Fresh, bool RedoDamaged) output, ClusterOptionSet.RunPlace place, CancellationToken cancellation)
    {
        if (place.Slurm is not null)
        {
            // Before minutes are spent on reading faces.
            SlurmStudy.RequirePath(output.Path);
            new SlurmClient(Environment.CurrentDirectory).MostTasks(cancellation);
        }

        if (output.Fresh)
        {
            RefuseQueued(output.Path, catalog, cancellation);
        }

        var (data, planned) = StudyWork.Load(terminal, plan, catalog, output.Path, parallel: 1, cancellation);
        new StudyRunner(plan, data, output.Path, catalog, fresh: output.Fresh, redoDamaged: output.RedoDamaged).Prepare(cancellation);
        var study = PlannedStudy.Open(output.Path, catalog);
        var slurm = new SlurmStudy(study);
        var isSubmitted = true;
        if (place.Slurm is { } options)
        {
            isSubmitted = Submit(terminal, slurm, study, options, planned, RunTiming.Seconds(planned[0], data, catalog, cancellation) / planned[0].Cost, cancellation);
        }
        else
        {
            terminal.Results.MarkupLineInterpolated($"{Count(planned.Count, "run")} planned in {output.Path}: 'crossstitch work {output.Path}' does them, on any machines that share the folder.");
        }

        return place.Wait ? Follow(terminal, study, slurm, cancellation) : !isSubmitted && study.Status().HasEnded;
    }

    private static bool Submit(Terminal terminal, SlurmStudy slurm, PlannedStudy study, SlurmOptions options, IReadOnlyList<PlannedRun> planned, double secondsACost, CancellationToken cancellation)
    {
        var submission = slurm.Submit(options, SelfCommand(), [.. planned.Select(run => run.FolderName)], run => run.Cost * secondsACost, cancellation);
        if (submission is null)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]There is nothing to submit: every run has ended or is in the queue.[/]");
            return false;
        }

        terminal.Results.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Job {submission.Job}: {Count(submission.Tasks.Sum(task => task.Count), "run")} in {Count(submission.Tasks.Count, "task")}, for {study.Folder}");
        terminal.Progress.MarkupLineInterpolated($"[grey]'crossstitch status {study.Folder}' shows how it goes, 'crossstitch collect {study.Folder}' gives the results, at any time; {Path.Combine(submission.Folder, "job.sh")} is the script.[/]");

        // What can never start is accepted all the same, and only its reason in the queue says so.
        try
        {
            foreach (var problem in slurm.Queue(cancellation).Where(task => task.Job == submission.Job).Select(task => task.Problem).OfType<string>().Distinct())
            {
                DataLoading.Warn(terminal.Progress, problem);
            }
        }
        catch (CrossStitchException error)
        {
            DataLoading.Warn(terminal.Progress, $"the job is submitted, but how it stands cannot be told now: {error.Message}");
        }

        return true;
    }

    private static bool Follow(Terminal terminal, PlannedStudy study, SlurmStudy slurm, CancellationToken cancellation)
    {
        try
        {
            using var bars = new Bars(terminal.Progress);
            var follower = new StatusFollower(bars);
            while (true)
            {
                var status = Status(study, slurm, cancellation).Status;
                follower.Show(status);
                if (status.Done + status.Failed.Count + status.Lost.Count == status.Planned)
                {
                    break;
                }

                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]The runs go on; 'crossstitch status {study.Folder}' shows how{(slurm.IsSubmitted ? $", 'crossstitch cancel {study.Folder}' ends them" : "")}.[/]");
            throw;
        }

        var (end, queue) = Status(study, slurm, cancellation);
        StatusDisplay.ShowLost(terminal.Progress, study, slurm, end, queue);
        return true;
    }

    /// <summary>The queue is asked first: a task that ends in between has then written its result.</summary>
    private static (StudyStatus Status, IReadOnlyList<QueuedTask> Queue) Status(PlannedStudy study, SlurmStudy slurm, CancellationToken cancellation)
    {
        IReadOnlyList<QueuedTask> queue = slurm.IsSubmitted ? slurm.Queue(cancellation) : [];
        return (slurm.IsSubmitted ? slurm.Status(queue) : study.Status(_ => true), queue);
    }

    private static void RefuseQueued(string folder, Catalog catalog, CancellationToken cancellation)
    {
        if (Directory.Exists(Path.Combine(folder, SlurmStudy.FolderName)) && new SlurmStudy(PlannedStudy.Open(folder, catalog)).Queue(cancellation).Any(task => task.IsInQueue))
        {
            throw new CrossStitchException($"{folder}: its tasks are in the queue; end them with 'crossstitch cancel {folder}' before --fresh, or choose another folder with --out.");
        }
    }

    /// <summary>How a node starts the program that runs here.</summary>
    private static IReadOnlyList<string> SelfCommand()
    {
        var program = Environment.ProcessPath ?? throw new CrossStitchException("The system does not say where this program lies.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : [program];
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
