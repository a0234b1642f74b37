using System.Diagnostics;

namespace CrossStitch.Kernels;

/// <summary>
/// Threads that wait for work and do it together: the caller is one of them. Who waits looks out for a moment before he
/// sleeps, because what comes next often comes within microseconds, and waking takes several.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>How long a worker looks out before he sleeps. With one processor looking out is in the way.</summary>
    private static readonly long Patience = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 20_000 : 0;

    private readonly SemaphoreSlim[] _starts;
    private readonly int[] _asleep;
    private readonly SemaphoreSlim _ends = new(0);
    private readonly Action<int> _takeEach;
    private Action<int>? _work;
    private Action<int>? _act;
    private int _count;
    private int _next;
    private volatile int _call;
    private volatile int _left;
    private volatile int _meeting;
    private int _met;
    private int _callerAsleep;
    private volatile bool _disposed;

    /// <summary>Starts the threads but one.</summary>
    /// <param name="count">How many workers, the caller included; at least one.</param>
    public WorkerTeam(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _takeEach = TakeEach;
        _starts = new SemaphoreSlim[count - 1];
        _asleep = new int[count - 1];
        for (var i = 0; i < _starts.Length; i++)
        {
            var worker = i + 1;
            _starts[i] = new SemaphoreSlim(0);
            new Thread(() => Work(worker)) { IsBackground = true, Name = $"CrossStitch kernels {worker}" }.Start();
        }
    }

    /// <summary>How many workers, the caller included.</summary>
    public int Count { get; }

    /// <summary>Does work on every worker and waits for all.</summary>
    /// <param name="work">Receives the worker's number; must not throw.</param>
    public void Run(Action<int> work)
    {
        _work = work;
        _left = Count - 1;
        Call();
        work(0);
        var since = Stopwatch.GetTimestamp();
        while (_left != 0)
        {
            if (!IsPatient(since))
            {
                // Who goes to sleep says so before he looks a last time, so the other sees it or he sees the other. Who is
                // woken looks again: a slow other may have meant the call before.
                Interlocked.Exchange(ref _callerAsleep, 1);
                if (_left != 0)
                {
                    _ends.Wait();
                }
            }
        }
    }

    /// <summary>Does a number of things, each on the next worker that is free.</summary>
    /// <param name="count">How many.</param>
    /// <param name="act">Receives which, from 0; must not throw, nor care for the order.</param>
    public void ForEach(int count, Action<int> act)
    {
        (_count, _act, _next) = (count, act, -1);
        Run(_takeEach);
        _act = null;
    }

    /// <summary>Within work, waits until every worker has come here.</summary>
    public void Meet()
    {
        if (Count == 1)
        {
            return;
        }

        var meeting = _meeting;
        if (Interlocked.Increment(ref _met) == Count)
        {
            _met = 0;
            _meeting = meeting + 1;
            return;
        }

        var since = Stopwatch.GetTimestamp();
        while (_meeting == meeting)
        {
            if (!IsPatient(since))
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Lets the threads go.</summary>
    public void Dispose()
    {
        _disposed = true;
        Call();
    }

    private void TakeEach(int worker)
    {
        for (int i; (i = Interlocked.Increment(ref _next)) < _count;)
        {
            _act!(i);
        }
    }

    private static bool IsPatient(long since)
    {
        Thread.SpinWait(1);
        return Stopwatch.GetTimestamp() - since < Patience;
    }

    private void Call()
    {
        Interlocked.Increment(ref _call);
        for (var i = 0; i < _starts.Length; i++)
        {
            if (Interlocked.Exchange(ref _asleep[i], 0) == 1)
            {
                _starts[i].Release();
            }
        }
    }

    private void Work(int worker)
    {
        for (var call = 0; ; call++)
        {
            WaitForNext(worker - 1, call);
            if (_disposed)
            {
                return;
            }

            _work!(worker);
            if (Interlocked.Decrement(ref _left) == 0 && Interlocked.Exchange(ref _callerAsleep, 0) == 1)
            {
                _ends.Release();
            }
        }
    }

    private void WaitForNext(int sleeper, int call)
    {
        var since = Stopwatch.GetTimestamp();
        while (_call == call)
        {
            if (!IsPatient(since))
            {
                // As in Run.
                Interlocked.Exchange(ref _asleep[sleeper], 1);
                if (_call == call)
                {
                    _starts[sleeper].Wait();
                }
            }
        }
    }
}
