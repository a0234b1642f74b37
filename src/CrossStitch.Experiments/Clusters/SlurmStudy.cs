using System.Globalization;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Clusters;

/// <summary>
/// A planned study's jobs on a cluster. They lie in its folder, a subfolder a submission (<c>slurm/1</c>, <c>slurm/2</c> …): the
/// script, the tasks' runs, the job's number, and the log of each task.
/// </summary>
/// <param name="study">The study.</param>
public sealed class SlurmStudy(PlannedStudy study)
{
    /// <summary>The folder of the submissions.</summary>
    public const string FolderName = "slurm";

    private const string ScriptName = "job.sh";
    private const string TasksName = "tasks.txt";
    private const string JobName = "job";
    private const string CancelledName = "cancelled";

    /// <summary>Characters at the end of a log that are looked at.</summary>
    private const int Tail = 4000;

    private readonly SlurmClient _slurm = new(study.Folder);

    /// <summary>Whether anything was ever submitted.</summary>
    public bool IsSubmitted => Submissions().Count > 0;

    /// <summary>Refuses a folder in whose path Slurm would see more than a path.</summary>
    /// <param name="folder">The folder; it may not be there yet.</param>
    /// <exception cref="CrossStitchException">It is such a folder.</exception>
    public static void RequirePath(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (path.AsSpan().ContainsAny('%', '\\') && !OperatingSystem.IsWindows())
        {
            throw new CrossStitchException($"{path}: Slurm takes % and \\ in the path of a log for signs of its own; choose a folder without them.");
        }
    }

    /// <summary>Submits what has not been done and is in no queue.</summary>
    /// <param name="options">What to ask of the cluster.</param>
    /// <param name="command">The command and its first words, as nodes can run it.</param>
    /// <param name="asked">The folders of the runs that are wanted; of a study in whose folder more was planned before.</param>
    /// <param name="seconds">About how long a run takes.</param>
    /// <param name="cancellation">Ends the wait for Slurm's answers.</param>
    /// <returns>The job; null if there is nothing to do.</returns>
    /// <exception cref="CrossStitchException">Slurm is not here or refuses, or a file cannot be written.</exception>
    public SlurmSubmission? Submit(SlurmOptions options, IReadOnlyList<string> command, IReadOnlyList<string> asked, Func<PlannedRun, double> seconds, CancellationToken cancellation)
    {
        options.Validate();
        if (command.Any(word => word.Any(char.IsControl)))
        {
            throw new CrossStitchException($"{ShownCommand(command)}: a line break or the like in the path of the command cannot be written into a script; publish it elsewhere.");
        }

        RequirePath(study.Folder);
        var most = _slurm.MostTasks(cancellation);
        using var alone = FolderLock.Wait(Path.Combine(study.Folder, FolderName), cancellation);
        var queued = Queued(cancellation);
        var runs = study.Runs(new WorkOptions { Runs = asked }).Where(run => !queued.Contains(run.FolderName) && !study.IsDone(run)).ToList();
        if (runs.Count == 0)
        {
            return null;
        }

        study.ForgetFailures(runs);
        var parallel = Math.Max(1, options.Cpus / Math.Max(1, study.Recipe.UsedThreads));
        var tasks = TaskList.Pack([.. runs.Select(run => (run.FolderName, seconds(run) / parallel))], most, options.RunsPerTask);
        var number = 1 + Numbered().Select(each => each.Number).DefaultIfEmpty(0).Max();
        var name = string.Create(CultureInfo.InvariantCulture, $"{FolderName}/{number}");
        var folder = Path.Combine(study.Folder, name);
        AtomicFile.CreateFolder(folder);
        TaskList.Save(Path.Combine(folder, TasksName), tasks);
        AtomicFile.WriteAllText(Path.Combine(folder, ScriptName), SlurmScript.Of(options, name, tasks.Count, command, parallel));
        long job;
        try
        {
            job = _slurm.Submit($"{name}/{ScriptName}", cancellation);
        }
        catch (CrossStitchException)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }

        try
        {
            AtomicFile.WriteAllText(Path.Combine(folder, JobName), job.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (CrossStitchException)
        {
            // A job that nobody knows of could not be cancelled.
            _slurm.Cancel([job], CancellationToken.None);
            throw;
        }

        return new SlurmSubmission(number, job, folder, tasks);
    }

    /// <summary>Its tasks: those that wait or run, and those that ended some minutes ago.</summary>
    /// <param name="cancellation">Ends the wait for Slurm's answers.</param>
    /// <exception cref="CrossStitchException">Slurm is not here, or its controller does not answer.</exception>
    public IReadOnlyList<QueuedTask> Queue(CancellationToken cancellation) => _slurm.Queue([.. Submissions().Select(each => each.Job)], cancellation);

    /// <summary>Where the study is, by its folder and the queue.</summary>
    /// <param name="queue">Its tasks, by <see cref="Queue"/>.</param>
    public StudyStatus Status(IReadOnlyList<QueuedTask> queue) => study.Status(Runs(queue).Contains);

    /// <summary>Takes everything out of the queue. What runs saves and ends.</summary>
    /// <param name="cancellation">Ends the wait for Slurm's answers.</param>
    /// <returns>How many tasks waited or ran.</returns>
    /// <exception cref="CrossStitchException">Slurm is not here or refuses.</exception>
    public int Cancel(CancellationToken cancellation)
    {
        var queue = Queue(cancellation).Where(task => task.IsInQueue).ToList();
        var jobs = queue.Select(task => task.Job).ToHashSet();
        foreach (var submission in Submissions().Where(each => jobs.Contains(each.Job)))
        {
            // A task that saves and ends looks for this before it goes back into the queue.
            AtomicFile.WriteAllText(Path.Combine(submission.Folder, CancelledName), submission.Job.ToString(CultureInfo.InvariantCulture) + "\n");
        }

        _slurm.Cancel(jobs, cancellation);
        return queue.Count;
    }

    /// <summary>What became of the task that last had a run to do, in a sentence; null if nothing tells.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="queue">Its tasks, by <see cref="Queue"/>.</param>
    public string? WhatBecame(string run, IReadOnlyList<QueuedTask> queue)
    {
        foreach (var submission in Submissions().Reverse())
        {
            for (var task = 0; task < submission.Tasks.Count; task++)
            {
                var log = Path.Combine(submission.Folder, string.Create(CultureInfo.InvariantCulture, $"{task}.log"));
                if (submission.Tasks[task].Contains(run))
                {
                    return IsCancelled(submission) ? "It was cancelled."
                        : queue.FirstOrDefault(known => known.Job == submission.Job && known.Task == task)?.Problem
                            ?? (LogTail.LastLine(log, Tail) is { } line ? $"Its task's log ends: {line}" : null);
                }
            }
        }

        return null;
    }

    /// <summary>The runs that a task in the queue has to do.</summary>
    private HashSet<string> Runs(IReadOnlyList<QueuedTask> queue)
    {
        var submissions = Submissions().ToDictionary(each => each.Job);
        return [.. queue.Where(task => task.IsInQueue && submissions.TryGetValue(task.Job, out var submission) && task.Task >= 0 && task.Task < submission.Tasks.Count).SelectMany(task => submissions[task.Job].Tasks[task.Task])];
    }

    private HashSet<string> Queued(CancellationToken cancellation) => Runs(Queue(cancellation));

    /// <summary>The submissions, from the first on; one whose job is not known was not accepted, or was interrupted.</summary>
    private IReadOnlyList<SlurmSubmission> Submissions() =>
    [
        .. Numbered().Where(each => File.Exists(Path.Combine(each.Path, JobName))).OrderBy(each => each.Number)
            .Select(each => new SlurmSubmission(each.Number, Job(Path.Combine(each.Path, JobName)), each.Path, TaskList.Load(Path.Combine(each.Path, TasksName)))),
    ];

    private IEnumerable<(string Path, int Number)> Numbered()
    {
        var folder = Path.Combine(study.Folder, FolderName);
        return !Directory.Exists(folder) ? [] : Directory.GetDirectories(folder)
            .Select(path => (Path: path, Number: int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0))
            .Where(each => each.Number > 0);
    }

    /// <summary>Whether the job that the submission has now was cancelled: its script may have been submitted again since.</summary>
    private static bool IsCancelled(SlurmSubmission submission) =>
        Path.Combine(submission.Folder, CancelledName) is var path && File.Exists(path) && SlurmClient.Job(BoundedText.Read(path, "number of a job", BoundedText.Record)) == submission.Job;

    private static long Job(string path) =>
        SlurmClient.Job(BoundedText.Read(path, "number of a job", BoundedText.Record)) ?? throw new CrossStitchException($"{path}: is not the number of a job; restore it, or delete its folder if 'squeue' shows nothing of it.");

    private static string ShownCommand(IReadOnlyList<string> command) => string.Join(' ', command).ReplaceLineEndings("\\n");
}
