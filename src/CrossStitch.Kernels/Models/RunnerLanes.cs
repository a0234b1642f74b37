namespace CrossStitch.Kernels.Models;

/// <summary>
/// What the calls of a runner compute in: a lane for each call that is under way, up to the number of processors and within
/// the memory that is left to them; a call that finds none waits for one. The first lane has all threads, the others the
/// caller's own alone.
/// </summary>
internal sealed class RunnerLanes : IDisposable
{
    private readonly object _gate = new();
    private readonly PackedModel _model;
    private readonly WorkerTeam _team;
    private readonly (InferenceSize Size, long Bytes)[] _sizes;
    private readonly List<RunnerLane> _lanes = [];
    private readonly Stack<RunnerLane> _free = new();
    private RunnerLane? _first;
    private long _left;
    private int _running;
    private int _waiting;
    private bool _disposed;

    /// <summary>Prepares lanes; each takes memory when it is first needed.</summary>
    /// <param name="model">The network; disposed with the lanes.</param>
    /// <param name="threads">Threads of the first lane.</param>
    /// <param name="memory">Bytes that all lanes may take; enough for the smallest first one.</param>
    public RunnerLanes(PackedModel model, int threads, long memory)
    {
        (_model, _left) = (model, memory);
        _sizes = model.Sizes(workers: 1);
        _team = new WorkerTeam(threads);
        _first = new RunnerLane(model, _team, model.Sizes(threads));
        _lanes.Add(_first);
    }

    /// <summary>Takes a lane; <see cref="Return"/> follows.</summary>
    /// <param name="batch">Examples that it is for.</param>
    /// <exception cref="ObjectDisposedException">The lanes were disposed.</exception>
    public RunnerLane Take(int batch)
    {
        RunnerLane lane;
        bool isNew;
        lock (_gate)
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(NetworkRunner));
                if (Free() is { } free)
                {
                    lane = free;
                    break;
                }

                _waiting++;
                try
                {
                    Monitor.Wait(_gate);
                }
                catch (ThreadInterruptedException)
                {
                    // What it was woken for, if it was, is for another that waits.
                    Monitor.Pulse(_gate);
                    throw;
                }
                finally
                {
                    _waiting--;
                }
            }

            var before = lane.Bytes;
            isNew = lane.SetAside(batch, _left);
            _left -= lane.Bytes - before;
            _running++;
        }

        try
        {
            if (isNew)
            {
                lane.Make();
            }

            return lane;
        }
        catch
        {
            GiveUp(lane);
            throw;
        }
    }

    /// <summary>Gives a lane back.</summary>
    /// <param name="lane">The lane.</param>
    public void Return(RunnerLane lane)
    {
        Uninterrupted.Enter(_gate);
        try
        {
            if (lane == _lanes[0])
            {
                _first = lane;
            }
            else
            {
                _free.Push(lane);
            }

            _running--;
            if (_disposed)
            {
                FreeMemory();
            }

            if (_waiting > 0)
            {
                Monitor.Pulse(_gate);
            }
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Lets nobody in any more, and frees the memory once all calls have ended.</summary>
    public void Dispose()
    {
        Uninterrupted.Enter(_gate);
        try
        {
            _disposed = true;
            FreeMemory();
            Monitor.PulseAll(_gate);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>A lane that nobody has, or a new one; null if there may be no more.</summary>
    private RunnerLane? Free()
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        if (_free.TryPop(out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= Environment.ProcessorCount || _sizes[^1].Bytes > _left)
        {
            return null;
        }

        lane = new RunnerLane(_model, new WorkerTeam(1), _sizes);
        _lanes.Add(lane);
        return lane;
    }

    private void GiveUp(RunnerLane lane)
    {
        Uninterrupted.Enter(_gate);
        try
        {
            _left += lane.Bytes;
            lane.Dispose();
        }
        finally
        {
            Monitor.Exit(_gate);
        }

        Return(lane);
    }

    private void FreeMemory()
    {
        if (_running > 0)
        {
            return;
        }

        _lanes.ForEach(lane => lane.Dispose());
        _model.Dispose();
        _team.Dispose();
    }
}
