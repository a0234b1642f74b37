using System.Collections.Concurrent;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>Does runs of a study one after the other, or several at once: claims those that nobody is at, and waits for the others at the end.</summary>
/// <param name="folder">The study's folder.</param>
/// <param name="runs">The runs.</param>
/// <param name="data">The examples that they ask for.</param>
/// <param name="parallel">How many this process trains at once.</param>
/// <param name="tries">How often a run may fail, over all processes, before it is given up; what it failed with is kept.</param>
internal sealed class StudyLoop(StudyFolder folder, IReadOnlyList<PlannedRun> runs, Dataset data, int parallel, int tries)
{
    private const int MostSkips = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ClaimWatch _watch = new();
    private readonly State[] _states = new State[runs.Count];
    private readonly long[] _lookedAt = new long[runs.Count];
    private readonly ConcurrentDictionary<string, int> _unkept = new();
    private readonly long[] _notBefore = new long[runs.Count];
    private long _looks;

    /// <summary>The stop of a run that lost something; null if none did.</summary>
    private volatile OperationCanceledException? _unsaved;

    /// <summary>How long a run rests after it has failed, by how often it has.</summary>
    public IReadOnlyList<TimeSpan> Rests { get; init; } = [];

    /// <summary>A run saves after an epoch only if it has not for so long; at zero, after each.</summary>
    public TimeSpan SaveEvery { get; init; }

    /// <summary>Returns when all runs have ended, here or in another process.</summary>
    /// <param name="progress">Receives where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        if (parallel == 1)
        {
            DoAll(progress, cancellation);
            return;
        }

        // Threads of their own: training is long, and the pool's threads fill the batches.
        var workers = Enumerable.Range(0, Math.Min(parallel, Math.Max(1, runs.Count)))
            .Select(_ => Task.Factory.StartNew(Worker, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(workers, CancellationToken.None);
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            throw _unsaved is { } stop ? new OperationCanceledException(stop.Message, stop.InnerException, cancellation) : new OperationCanceledException(cancellation);
        }

        void Worker()
        {
            try
            {
                DoAll(progress, cancellation);
            }
            catch (OperationCanceledException stop) when (stop.InnerException is not null)
            {
                // A cancelled task keeps no message.
                _unsaved = stop;
                throw;
            }
        }
    }

    private void DoAll(IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var taken = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            folder.RequirePlan();
            var (index, areLeft, isNew) = Next(taken);
            if (index is null && !areLeft)
            {
                return;
            }

            if (index is not null && TryDo(index.Value, progress, cancellation))
            {
                taken = 0;
            }
            else if (isNew)
            {
                // A thousand processes may be at the thousand first runs: a second for each of them would be a long way.
                taken++;
            }
            else
            {
                cancellation.WaitHandle.WaitOne(Pause);
            }
        }
    }

    /// <summary>The next run to look at: those that nobody was seen at first. None when all have ended, are done here, or rest after a failure.</summary>
    /// <param name="taken">How many others were at, one after the other: for each, twice as many runs are left for later.</param>
    /// <returns>The run; whether any is left; whether the run was not looked at before.</returns>
    private (int? Index, bool AreLeft, bool IsNew) Next(int taken)
    {
        lock (_lock)
        {
            var open = Enumerable.Range(0, runs.Count).Where(i => _states[i] is State.Open or State.Elsewhere).ToList();
            var ready = open.Where(i => _notBefore[i] <= Environment.TickCount64).OrderBy(i => _states[i]).ThenBy(i => _lookedAt[i]).ToList();
            if (ready.Count == 0)
            {
                return (null, open.Count > 0, false);
            }

            var unseen = ready.TakeWhile(i => _states[i] == State.Open).Count();
            var index = ready[Math.Max(0, Math.Min((1 << Math.Min(taken, MostSkips)) - 1, unseen - 1))];
            _lookedAt[index] = ++_looks;
            _states[index] = State.Here;
            return (index, true, unseen > 0);
        }
    }

    /// <returns>False if another process is at the run.</returns>
    private bool TryDo(int index, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var run = runs[index];
        var place = folder.Of(run);
        RunClaim? claim = null;
        try
        {
            claim = place.IsFinished ? null : _watch.TryTake(place.FullPath);
            if (claim is null && !place.IsFinished)
            {
                return Leave(index, progress);
            }

            if (tries > 1 && !place.IsFinished && place.Tries >= tries)
            {
                return End(index, progress, new StudyProgress(run, index, null, Failure: place.Failure ?? $"it has failed {place.Tries} times"));
            }

            Report(progress, new StudyProgress(run, index, null));
            var steps = new StepProgress(step => Report(progress, new StudyProgress(run, index, step)));
            var result = new TrainingRun(run.Recipe, data, place) { SaveEvery = SaveEvery }.Execute(claim, null, steps, cancellation);
            place.ClearFailure();
            return End(index, progress, new StudyProgress(run, index, null, result));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A run that was taken over is no failure of this one: whoever has it goes on.
            return claim is { IsLost: true } && tries > 1 ? Leave(index, progress) : Fail(index, place, error, progress);
        }
        finally
        {
            claim?.Dispose();
        }
    }

    private bool Leave(int index, IProgress<StudyProgress>? progress)
    {
        Report(progress, new StudyProgress(runs[index], index, null, IsElsewhere: true));
        Set(index, State.Elsewhere);
        return false;
    }

    private bool End(int index, IProgress<StudyProgress>? progress, StudyProgress end)
    {
        Report(progress, end);
        Set(index, State.Ended);
        return true;
    }

    /// <summary>Whatever it is: a night's work on the others is not lost to it.</summary>
    private bool Fail(int index, RunFolder place, Exception error, IProgress<StudyProgress>? progress)
    {
        var reason = error is CrossStitchException or IOException or UnauthorizedAccessException
            ? error.Message.ReplaceLineEndings(" ")
            : $"an error in CrossStitch itself ({error.Message.ReplaceLineEndings(" ")}); failure.txt in its folder has the details";
        var failed = Keep(place, error is CrossStitchException ? reason : $"{reason}\n{error}");
        if (failed < tries)
        {
            Report(progress, new StudyProgress(runs[index], index, null, Retry: reason));
            lock (_lock)
            {
                _notBefore[index] = Environment.TickCount64 + (long)(Rests.Count == 0 ? TimeSpan.Zero : Rests[Math.Min(failed, Rests.Count) - 1]).TotalMilliseconds;
                _states[index] = State.Open;
            }

            return true;
        }

        return End(index, progress, new StudyProgress(runs[index], index, null, Failure: reason));
    }

    /// <summary>Writes a failure down, if that is possible: on a full disk the others may still be able to run.</summary>
    /// <returns>How often the run has failed by now.</returns>
    private int Keep(RunFolder place, string reason)
    {
        try
        {
            return place.SaveFailure(reason);
        }
        catch (Exception error) when (error is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            // It is reported all the same, and counted here: a disk that stays full must not keep a process for ever.
            return _unkept.AddOrUpdate(place.FullPath, 1, (_, count) => count + 1);
        }
    }

    private void Set(int index, State state)
    {
        lock (_lock)
        {
            _states[index] = state;
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
}
