using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Does runs in a folder, a subfolder a run, one or several at once; goes on where an earlier, stopped call was.</summary>
/// <param name="runs">The runs, in the order in which they are begun.</param>
/// <param name="faces">The faces that they ask for.</param>
/// <param name="path">The folder.</param>
/// <param name="parallel">How many are trained at once; each has the threads of its recipe.</param>
public sealed class ParallelRuns(IReadOnlyList<PlannedRun> runs, FaceSets faces, string path, int parallel = 1)
{
    private readonly Lock _lock = new();

    /// <summary>Does what has not been done. A run that fails is reported and does not keep the others from running.</summary>
    /// <param name="progress">Receives where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <returns>The finished and the failed runs, both in the order in which they were given.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public (IReadOnlyList<(PlannedRun Run, RunResult Result)> Finished, IReadOnlyList<(PlannedRun Run, string Reason)> Failures) Run(
        IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        var results = new RunResult?[runs.Count];
        var reasons = new string?[runs.Count];
        var next = -1;
        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < runs.Count; i = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                (results[i], reasons[i]) = Do(i, progress, cancellation);
            }
        }

        if (parallel == 1)
        {
            Work();
        }
        else
        {
            // Threads of their own: training is long, and the pool's threads cut the faces.
            var workers = Enumerable.Range(0, parallel).Select(_ => Task.Factory.StartNew(Work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            try
            {
                Task.WaitAll(workers, CancellationToken.None);
            }
            catch (AggregateException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
        }

        var all = Enumerable.Range(0, runs.Count).ToList();
        return (
            [.. all.Where(i => results[i] is not null).Select(i => (runs[i], results[i]!))],
            [.. all.Where(i => reasons[i] is not null).Select(i => (runs[i], reasons[i]!))]);
    }

    private (RunResult? Result, string? Reason) Do(int index, IProgress<ComparisonProgress>? progress, CancellationToken cancellation)
    {
        var run = runs[index];
        var folder = new RunFolder(Path.Combine(path, run.FolderName));
        Report(progress, new ComparisonProgress(run, index, null));
        try
        {
            var steps = new StepProgress(step => Report(progress, new ComparisonProgress(run, index, step)));
            var result = new TrainingRun(run.Recipe, faces, folder).Execute(progress: steps, cancellation: cancellation);
            folder.ClearFailure();
            Report(progress, new ComparisonProgress(run, index, null, result));
            return (result, null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever it is: a night's work on the others is not lost to it.
            var reason = error is CrossStitchException or Faces.FaceDataException or IOException or UnauthorizedAccessException
                ? error.Message.ReplaceLineEndings(" ")
                : $"an error in CrossStitch itself ({error.Message.ReplaceLineEndings(" ")}); failure.txt in its folder has the details";
            Keep(folder, error is CrossStitchException ? reason : $"{reason}\n{error}");
            Report(progress, new ComparisonProgress(run, index, null, Failure: reason));
            return (null, reason);
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

    private void Report(IProgress<ComparisonProgress>? progress, ComparisonProgress value)
    {
        lock (_lock)
        {
            progress?.Report(value);
        }
    }

    private sealed class StepProgress(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }
}
