using System.Diagnostics;
using System.Threading.Channels;
using CrossStitch.Web.Answers;
using CrossStitch.Web.Problems;

namespace CrossStitch.Web.Analysis;

/// <summary>
/// A few threads that work on photos, and a short queue before them. The threads are their own: however much there is to do,
/// the server's threads answer, and say so.
/// </summary>
internal sealed class AnalysisWorkers : IDisposable
{
    private const double NewestShare = 0.1;

    private readonly Channel<AnalysisJob> _queue;
    private readonly Thread[] _threads;
    private double _seconds;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="waiting">Jobs that may wait.</param>
    public AnalysisWorkers(int threads, int waiting)
    {
        _queue = Channel.CreateBounded<AnalysisJob>(waiting);
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"Faces {i}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Jobs that wait now.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Gives work to the next free thread.</summary>
    /// <param name="work">What is done, given how long it waited.</param>
    /// <param name="patient">Whether to wait until there is room in the queue, rather than be refused.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the work gave.</returns>
    /// <exception cref="RequestProblem">The queue is full.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<PhotoAnswer> Run(Func<TimeSpan, CancellationToken, PhotoAnswer> work, bool patient, CancellationToken cancellation)
    {
        var job = new AnalysisJob(work, cancellation);
        if (patient)
        {
            await _queue.Writer.WriteAsync(job, cancellation);
        }
        else if (!_queue.Writer.TryWrite(job))
        {
            throw RequestProblem.Busy(RetryAfter());
        }

        return await job.Done;
    }

    /// <summary>Lets the threads end what they are at.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    /// <summary>In how many seconds those that wait now are done, by how long the last ones took.</summary>
    private int RetryAfter() => Math.Max(1, (int)Math.Ceiling(Volatile.Read(ref _seconds) * (Waiting + _threads.Length) / _threads.Length));

    private void Work()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out var job))
            {
                var begun = Stopwatch.GetTimestamp();
                if (job.Run())
                {
                    var seconds = Volatile.Read(ref _seconds);
                    Volatile.Write(ref _seconds, seconds + (NewestShare * (Stopwatch.GetElapsedTime(begun).TotalSeconds - seconds)));
                }
            }
        }
    }
}
