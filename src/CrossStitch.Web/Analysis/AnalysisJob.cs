using System.Diagnostics;
using CrossStitch.Web.Answers;

namespace CrossStitch.Web.Analysis;

/// <summary>
/// A photo that waits for a worker. Once a worker has begun it, its task ends only when the worker lets go of it, so that
/// the photo's memory can be given back then.
/// </summary>
internal sealed class AnalysisJob
{
    private readonly Func<TimeSpan, CancellationToken, PhotoAnswer> _work;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly TaskCompletionSource<PhotoAnswer> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _asked = Stopwatch.GetTimestamp();
    private int _taken;

    /// <summary>Makes a job.</summary>
    /// <param name="work">What is done, given how long it waited.</param>
    /// <param name="cancellation">Stops it, waiting or under way.</param>
    public AnalysisJob(Func<TimeSpan, CancellationToken, PhotoAnswer> work, CancellationToken cancellation)
    {
        (_work, _cancellation) = (work, cancellation);
        _registration = cancellation.UnsafeRegister(job => ((AnalysisJob)job!).Drop(), this);
    }

    /// <summary>The answer; canceled or failed as the work was.</summary>
    public Task<PhotoAnswer> Done => _done.Task;

    /// <summary>Does the work, unless it was canceled while it waited.</summary>
    /// <returns>Whether anything was done.</returns>
    public bool Run()
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            return false;
        }

        try
        {
            _done.SetResult(_work(Stopwatch.GetElapsedTime(_asked), _cancellation));
        }
        catch (OperationCanceledException canceled)
        {
            _done.SetCanceled(canceled.CancellationToken);
        }
        catch (Exception error)
        {
            _done.SetException(error);
        }
        finally
        {
            _registration.Dispose();
        }

        return true;
    }

    private void Drop()
    {
        if (Interlocked.Exchange(ref _taken, 1) == 0)
        {
            _done.SetCanceled(_cancellation);
        }
    }
}
