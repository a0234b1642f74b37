using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace CrossStitch.Kernels;

/// <summary>
/// Threads that wait for work and do it together: the caller is one of them. Who waits looks out for a moment before he
/// sleeps, because what comes next often comes within microseconds, and waking takes several. A team that is forgotten lets
/// its threads go when it is collected.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Crew _crew;

    /// <summary>Starts the threads but one.</summary>
    /// <param name="count">How many workers, the caller included; at least one.</param>
    public WorkerTeam(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _crew = new Crew(count);
        try
        {
            _crew.Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    ~WorkerTeam() => _crew?.Close();

    /// <summary>How many workers, the caller included.</summary>
    public int Count => _crew.Count;

    /// <summary>Does work on every worker and waits for all. What a worker throws is thrown here, after all have ended.</summary>
    /// <param name="work">Receives the worker's number.</param>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <exception cref="InvalidOperationException">The team is at work.</exception>
    public void Run(Action<int> work)
    {
        _crew.Run(work, 0, null);
        GC.KeepAlive(this);
    }

    /// <summary>Does a number of things, each on the next worker that is free; otherwise as <see cref="Run"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="act">Receives which, from 0; must not care for the order.</param>
    public void ForEach(int count, Action<int> act)
    {
        _crew.Run(_crew.TakeEach, count, act);
        GC.KeepAlive(this);
    }

    /// <summary>Within work, waits until every worker has come here. Throws where one never will, because it threw.</summary>
    public void Meet() => _crew.Meet();

    /// <summary>Lets the threads go, after the work that is under way.</summary>
    public void Dispose()
    {
        _crew.Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the threads share. They hold this and not the team, so that the team can be collected.</summary>
    private sealed class Crew
    {
        /// <summary>How long a worker looks out before he sleeps. With one processor looking out is in the way.</summary>
        private static readonly long Patience = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 20_000 : 0;

        private readonly CallGate _gate = new("The threads are at work: they take one call at a time, and none from within their work.");
        private readonly SemaphoreSlim[] _wakes;
        private readonly int[] _asleep;
        private Action<int>? _work;
        private Action<int>? _act;
        private ExceptionDispatchInfo? _failure;
        private int _count;
        private int _next;
        private volatile int _call;
        private volatile int _left;
        private volatile int _meeting;
        private int _met;
        private volatile bool _stopped;

        public Crew(int count)
        {
            Count = count;
            TakeEach = TakeThings;
            _wakes = [.. Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(0))];
            _asleep = new int[count];
        }

        public int Count { get; }

        /// <summary>The work of <see cref="WorkerTeam.ForEach"/>, made once.</summary>
        public Action<int> TakeEach { get; }

        public void Start()
        {
            for (var worker = 1; worker < Count; worker++)
            {
                var number = worker;
                new Thread(() => Work(number)) { IsBackground = true, Name = $"CrossStitch kernels {number}" }.Start();
            }
        }

        public void Close()
        {
            if (_gate.Close())
            {
                Stop();
            }
        }

        public void Run(Action<int> work, int count, Action<int>? act)
        {
            _gate.Enter(this);
            (_work, _count, _act, _next, _left) = (work, count, act, -1, Count - 1);
            Call();
            Do(work, 0);
            var since = Stopwatch.GetTimestamp();
            while (_left != 0)
            {
                if (!IsPatient(since))
                {
                    // Who goes to sleep says so before he looks a last time, so the other sees it or he sees the other. Who is
                    // woken looks again: a slow other may have meant the call before.
                    Interlocked.Exchange(ref _asleep[0], 1);
                    if (_left != 0)
                    {
                        Uninterrupted.Wait(_wakes[0]);
                    }
                }
            }

            // Nothing of the call may stay: the threads would keep it from being collected.
            var failure = _failure;
            (_work, _act, _failure, _met) = (null, null, null, 0);
            if (_gate.Leave())
            {
                Stop();
            }

            failure?.Throw();
        }

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
                if (Volatile.Read(ref _failure) is not null)
                {
                    throw new InvalidOperationException("Another worker threw, and will not come.");
                }

                if (!IsPatient(since))
                {
                    Thread.Yield();
                }
            }
        }

        private static bool IsPatient(long since)
        {
            Thread.SpinWait(1);
            return Stopwatch.GetTimestamp() - since < Patience;
        }

        private void Stop()
        {
            _stopped = true;
            Call();
        }

        private void TakeThings(int worker)
        {
            for (int i; (i = Interlocked.Increment(ref _next)) < _count;)
            {
                _act!(i);
            }
        }

        private void Do(Action<int> work, int worker)
        {
            try
            {
                work(worker);
            }
            catch (Exception error)
            {
                // The first is the cause; others may be but its consequence.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }

        private void Call()
        {
            Interlocked.Increment(ref _call);
            for (var worker = 1; worker < Count; worker++)
            {
                Wake(worker);
            }
        }

        private void Wake(int worker)
        {
            if (Interlocked.Exchange(ref _asleep[worker], 0) == 1)
            {
                Uninterrupted.Release(_wakes[worker]);
            }
        }

        private void Work(int worker)
        {
            for (var call = 0; ; call++)
            {
                WaitForNext(worker, call);
                if (_stopped)
                {
                    return;
                }

                Do(_work!, worker);
                if (Interlocked.Decrement(ref _left) == 0)
                {
                    Wake(0);
                }
            }
        }

        private void WaitForNext(int worker, int call)
        {
            var since = Stopwatch.GetTimestamp();
            while (_call == call)
            {
                if (!IsPatient(since))
                {
                    // As in Run.
                    Interlocked.Exchange(ref _asleep[worker], 1);
                    if (_call == call)
                    {
                        _wakes[worker].Wait();
                    }
                }
            }
        }
    }
}
