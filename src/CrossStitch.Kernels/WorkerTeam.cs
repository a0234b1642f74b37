namespace CrossStitch.Kernels;

/// <summary>
/// Threads that wait for work and do it together: the caller is one of them. Starting them for a step costs
/// microseconds and no memory.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly SemaphoreSlim[] _starts;
    private readonly SemaphoreSlim _ends = new(0);
    private Action<int>? _work;
    private volatile bool _disposed;

    /// <summary>Starts the threads but one.</summary>
    /// <param name="count">How many workers, the caller included.</param>
    public WorkerTeam(int count)
    {
        Count = count;
        _starts = new SemaphoreSlim[count - 1];
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
    /// <param name="work">Told the worker's number; must not throw.</param>
    public void Run(Action<int> work)
    {
        _work = work;
        foreach (var start in _starts)
        {
            start.Release();
        }

        work(0);
        for (var i = 0; i < _starts.Length; i++)
        {
            _ends.Wait();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (var start in _starts)
        {
            start.Release();
        }
    }

    private void Work(int worker)
    {
        while (true)
        {
            _starts[worker - 1].Wait();
            if (_disposed)
            {
                return;
            }

            _work!(worker);
            _ends.Release();
        }
    }
}
