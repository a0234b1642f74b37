using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>
/// Does a study in a folder: its plan, its test examples, a subfolder a run. Goes on where an earlier, stopped call was. Any
/// number of processes may do so in one folder at once: each claims runs that nobody is at, and waits for the others at the end.
/// </summary>
/// <param name="plan">The variants, seeds and questions.</param>
/// <param name="data">The examples that they ask for.</param>
/// <param name="path">The folder.</param>
/// <param name="catalog">What the recipes name.</param>
/// <param name="parallel">How many networks this process trains at once; each has the threads of its recipe.</param>
/// <param name="fresh">Whether to delete what an earlier study wrote there and begin anew.</param>
/// <param name="redoDamaged">Whether to do runs again that have a damaged file; their folders are renamed, with <c>.damaged</c> and a number at the end.</param>
public sealed class StudyRunner(StudyPlan plan, Dataset data, string path, Catalog catalog, int parallel = 1, bool fresh = false, bool redoDamaged = false)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();

    /// <summary>
    /// Does what has not been done, and returns when all runs have ended, here or in another process. A run that fails is
    /// reported and does not keep the others from running.
    /// </summary>
    /// <param name="progress">Receives where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="CrossStitchException">
    /// There are no test examples, a recipe is wrong, or the folder holds a study of other recipes or examples.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = new StudyFolder(path, catalog);
        var (worker, runs) = folder.Begin(plan, data, fresh, redoDamaged, cancellation);
        using var atWork = worker;
        var work = new Work(folder, runs);
        if (parallel == 1)
        {
            DoAll(work, progress, cancellation);
            return;
        }

        // Threads of their own: training is long, and the pool's threads fill the batches.
        var workers = Enumerable.Range(0, Math.Min(parallel, Math.Max(1, work.Runs.Count)))
            .Select(_ => Task.Factory.StartNew(() => DoAll(work, progress, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(workers, CancellationToken.None);
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private void DoAll(Work work, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var index = Next(work);
            if (index is null)
            {
                return;
            }

            if (!TryDo(work, index.Value, progress, cancellation))
            {
                cancellation.WaitHandle.WaitOne(Pause);
            }
        }
    }

    /// <summary>The next run to look at: those that nobody was seen at first. Null when all have ended or are done here.</summary>
    private int? Next(Work work)
    {
        lock (_lock)
        {
            var open = Enumerable.Range(0, work.Runs.Count).Where(i => work.States[i] is State.Open or State.Elsewhere).OrderBy(i => work.States[i]).ThenBy(i => work.LookedAt[i]).ToList();
            if (open.Count == 0)
            {
                return null;
            }

            work.LookedAt[open[0]] = ++work.Looks;
            work.States[open[0]] = State.Here;
            return open[0];
        }
    }

    /// <returns>False if another process is at the run.</returns>
    private bool TryDo(Work work, int index, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var run = work.Runs[index];
        var folder = work.Folder.Of(run);
        try
        {
            using var claim = folder.IsFinished ? null : work.Watch.TryTake(folder.FullPath);
            if (claim is null && !folder.IsFinished)
            {
                Report(progress, new StudyProgress(run, index, null, IsElsewhere: true));
                Set(work, index, State.Elsewhere);
                return false;
            }

            Report(progress, new StudyProgress(run, index, null));
            var steps = new StepProgress(step => Report(progress, new StudyProgress(run, index, step)));
            var result = new TrainingRun(run.Recipe, data, folder).Execute(claim, null, steps, cancellation);
            folder.ClearFailure();
            Report(progress, new StudyProgress(run, index, null, result));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever it is: a night's work on the others is not lost to it.
            var reason = error is CrossStitchException or IOException or UnauthorizedAccessException
                ? error.Message.ReplaceLineEndings(" ")
                : $"an error in CrossStitch itself ({error.Message.ReplaceLineEndings(" ")}); failure.txt in its folder has the details";
            Keep(folder, error is CrossStitchException ? reason : $"{reason}\n{error}");
            Report(progress, new StudyProgress(run, index, null, Failure: reason));
        }

        Set(work, index, State.Ended);
        return true;
    }

    private void Set(Work work, int index, State state)
    {
        lock (_lock)
        {
            work.States[index] = state;
        }
    }

    /// <summary>Writes a failure down, if that is possible: on a full disk the others may still be able to run.</summary>
    private static void Keep(RunFolder folder, string reason)
    {
        try
        {
            folder.SaveFailure(reason);
        }
        catch (Exception error) when (error is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            // It is reported all the same, and tried again the next time, as every run without a result is.
        }
    }

    private void Report(IProgress<StudyProgress>? progress, StudyProgress value)
    {
        lock (_lock)
        {
            progress?.Report(value);
        }
    }

    private enum State
    {
        Open,
        Elsewhere,
        Here,
        Ended,
    }

    private sealed class StepProgress(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }

    private sealed class Work(StudyFolder folder, IReadOnlyList<PlannedRun> runs)
    {
        public StudyFolder Folder => folder;

        public IReadOnlyList<PlannedRun> Runs => runs;

        public ClaimWatch Watch { get; } = new();

        public State[] States { get; } = new State[runs.Count];

        public long[] LookedAt { get; } = new long[runs.Count];

        public long Looks { get; set; }
    }
}
