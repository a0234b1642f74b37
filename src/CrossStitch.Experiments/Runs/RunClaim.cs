namespace CrossStitch.Experiments.Runs;

/// <summary>
/// The right of one process to work on a run's folder, on a network disk too. Among the processes of a machine a
/// <see cref="FolderLock"/> keeps it, which the system frees when its owner dies. Locks may not reach other machines, so a
/// file says whose the run is and changes every <see cref="Period"/>; on another machine a claim that has not changed for
/// <see cref="ClaimWatch.Patience"/> is a dead process's and is taken over.
/// </summary>
internal sealed class RunClaim : IDisposable
{
    private readonly string _folder;
    private readonly FolderLock _lock;
    private readonly ClaimFile _file;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private ClaimOwner _owner;
    private string? _lost;
    private bool _disposed;

    private RunClaim(string folder, FolderLock held, ClaimFile file, ClaimOwner owner, TimeProvider clock)
    {
        (_folder, _lock, _file, _owner) = (folder, held, file, owner);
        _timer = clock.CreateTimer(_ => BeatOrWait(), null, Period, Period);
    }

    /// <summary>How often the claim's file changes.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether another process has taken the run over.</summary>
    public bool IsLost => Volatile.Read(ref _lost) is not null;

    /// <summary>Claims a run; null if another process is at work on it, or may be.</summary>
    /// <param name="folder">The run's folder, which is made if it is not there.</param>
    /// <param name="clock">The clock; the system's if none is given.</param>
    /// <remarks>
    /// A claim that another machine left behind is not taken over by one look at it: look again with a
    /// <see cref="ClaimWatch"/>, or wait with <see cref="Take"/>.
    /// </remarks>
    /// <exception cref="CrossStitchException">The folder cannot be written to.</exception>
    public static RunClaim? TryTake(string folder, TimeProvider? clock = null) => new ClaimWatch(clock).TryTake(folder);

    /// <summary>
    /// Claims a run. Where another machine left a claim behind, it waits until that has changed or is known to be a dead
    /// process's: <see cref="ClaimWatch.Patience"/> at most.
    /// </summary>
    /// <param name="folder">The run's folder, which is made if it is not there.</param>
    /// <param name="clock">The clock; the system's if none is given.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CrossStitchException">Another process is at work on the run, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RunClaim Take(string folder, TimeProvider? clock = null, CancellationToken cancellation = default)
    {
        var watch = new ClaimWatch(clock);
        while (true)
        {
            if (TryTake(folder, watch, out var isUnknown) is { } claim)
            {
                return claim;
            }

            if (!isUnknown)
            {
                throw new CrossStitchException(FolderLock.Taken(folder));
            }

            Task.Delay(Period / 10, watch.Clock, cancellation).GetAwaiter().GetResult();
        }
    }

    /// <summary>Claims a run with what is known of the claims of other machines.</summary>
    internal static RunClaim? TryTake(string folder, ClaimWatch watch, out bool isUnknown)
    {
        isUnknown = false;
        var path = Path.GetFullPath(folder);
        var held = FolderLock.TryTake(path);
        RunClaim? claim = null;
        try
        {
            if (held is null)
            {
                return null;
            }

            var file = new ClaimFile(path);
            if (file.Read() is { } found)
            {
                // Whoever holds the lock of this machine is alone on it.
                var isDead = ClaimOwner.Parse(found) is { IsHere: true } ? true : watch.IsDead(path, found);
                isUnknown = isDead is null;
                if (isDead != true || !file.TryRemove(text => text == found))
                {
                    return null;
                }
            }

            file.RemoveLeftovers();
            watch.Forget(path);
            var owner = ClaimOwner.New();
            return claim = file.TryCreate(owner) ? new RunClaim(folder, held, file, owner, watch.Clock) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{folder}: the run cannot be claimed: {FileProblem.Reason(error)}.", error);
        }
        finally
        {
            if (claim is null)
            {
                held?.Dispose();
            }
        }
    }

    /// <summary>
    /// Makes sure that the run is still this process's: one that was suspended may have been taken for dead. To be called
    /// before results are written.
    /// </summary>
    /// <exception cref="CrossStitchException">Another process has taken the run over, or the folder cannot be reached.</exception>
    public void EnsureHeld()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            Beat();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{_folder}: whether the run is still ours cannot be told: {FileProblem.Reason(error)}.", error);
        }

        if (_lost is not null)
        {
            throw new CrossStitchException(_lost);
        }
    }

    /// <summary>Lets others in. What was taken over is not touched.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            try
            {
                _file.TryRemove(text => ClaimOwner.Parse(text)?.Owner == _owner.Owner);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The disk is gone. A claim that stays behind does not change any more, which others will see.
            }

            _lock.Dispose();
        }
    }

    private void BeatOrWait()
    {
        try
        {
            Beat();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A network disk may come back before others lose patience; if not, a later beat finds another owner.
        }
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_disposed || _lost is not null)
            {
                return;
            }

            _owner = _owner with { Beat = _owner.Beat + 1 };
            if (!_file.TryBeat(_owner))
            {
                var other = ClaimOwner.Parse(_file.Read() ?? "null") is { } taker ? $"another process (host {taker.Host}, process {taker.Process})" : "another process";
                _lost = $"{_folder}: {other} took this run over, because nothing was heard of this one for {ClaimWatch.Patience.TotalSeconds} seconds; leave the run to it.";
            }
        }
    }
}
