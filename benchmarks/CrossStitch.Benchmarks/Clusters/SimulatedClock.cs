namespace CrossStitch.Benchmarks.Clusters;

/// <summary>What is to happen, in order of time, and at one time in order of planning.</summary>
internal sealed class SimulatedClock
{
    private readonly PriorityQueue<Action, (double Time, long Number)> _events = new();
    private long _number;

    /// <summary>Seconds since the beginning.</summary>
    public double Now { get; private set; }

    /// <summary>Plans something.</summary>
    /// <param name="time">When.</param>
    /// <param name="happens">What.</param>
    public void At(double time, Action happens) => _events.Enqueue(happens, (time, _number++));

    /// <summary>Lets the next thing happen; there must be one.</summary>
    public void Step()
    {
        _events.TryDequeue(out var happens, out var when);
        Now = when.Time;
        happens!();
    }
}
