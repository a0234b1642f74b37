namespace CrossStitch.Experiments.Tests.Runs;

/// <summary>A clock that a test moves; its timers fire as it passes them.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly List<HandTimer> _timers = [];
    private long _ticks;

    /// <summary>What the clock on the wall says, which may jump.</summary>
    public DateTimeOffset Wall { get; set; }

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Move(double seconds)
    {
        var now = Interlocked.Add(ref _ticks, TimeSpan.FromSeconds(seconds).Ticks);
        HandTimer[] timers;
        lock (_timers)
        {
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.FireUntil(now);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(() => callback(state), GetTimestamp() + dueTime.Ticks, period);
        lock (_timers)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    private sealed class HandTimer(Action fire, long due, TimeSpan period) : ITimer
    {
        private long? _due = due;

        public void FireUntil(long now)
        {
            while (_due <= now)
            {
                _due = period > TimeSpan.Zero ? _due + period.Ticks : null;
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => _due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
