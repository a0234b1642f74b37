using System.Diagnostics;

namespace CrossStitch.Fuzz.Runs;

/// <summary>Ends the process when an input takes too long or too much memory, and leaves word why.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly FuzzLimits _limits;
    private readonly WorkerFolder _folder;
    private readonly Action _save;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _over = new();
    private long _input;
    private volatile bool _busy;

    /// <summary>Begins to watch.</summary>
    /// <param name="limits">What an input may cost.</param>
    /// <param name="folder">Where the last words go.</param>
    /// <param name="save">Saves what was counted.</param>
    public Watchdog(FuzzLimits limits, WorkerFolder folder, Action save)
    {
        (_limits, _folder, _save) = (limits, folder, save);
        _thread = new Thread(Watch) { IsBackground = true, Name = "watchdog" };
        _thread.Start();
    }

    /// <summary>An input begins.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _input);
        _busy = true;
    }

    /// <summary>It has ended.</summary>
    public void End() => _busy = false;

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        var (seen, clock, time, memory) = (-1L, Stopwatch.StartNew(), TimeSpan.Zero, 0L);
        while (!_over.Wait(Period))
        {
            var input = Interlocked.Read(ref _input);
            if (!_busy || input != seen)
            {
                (seen, time, memory) = (input, Environment.CpuUsage.TotalTime, ProcessMemory.Now());
                clock.Restart();
                continue;
            }

            var (used, grown) = ((Environment.CpuUsage.TotalTime - time).TotalSeconds, ProcessMemory.Now() - memory);
            if (used > _limits.Seconds)
            {
                End("time", $"It took more than {used:0.0} s of processor time, {clock.Elapsed.TotalSeconds:0.0} s by the clock, and was stopped.");
            }
            else if (clock.Elapsed.TotalSeconds > FuzzLimits.ClockFactor * _limits.Seconds)
            {
                End("time: it hangs", $"It took more than {clock.Elapsed.TotalSeconds:0.0} s by the clock and {used:0.0} s of processor time, and was stopped.");
            }
            else if (grown > _limits.Bytes)
            {
                End("memory", $"The process grew by {grown >> 20} MB, and was stopped.");
            }
        }
    }

    private void End(string what, string detail)
    {
        _save();
        File.WriteAllText(_folder.LastWordsPath, $"{what}\n{detail}");
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
