using CrossStitch.Benchmarks.Work;
using CrossStitch.Engines;
using TorchSharp;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>TorchSharp's own modules: our eager engine, with weights as they come or channels last, whatever is faster.</summary>
/// <param name="faces">What the networks see.</param>
public sealed class TorchSharpPeer(BenchmarkFaces faces) : IPeer
{
    private const double TryingSeconds = 0.15;

    /// <inheritdoc/>
    public string Name => "TorchSharp";

    /// <inheritdoc/>
    public string Version => $"{typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch {torch.__version__}";

    /// <inheritdoc/>
    public string Tuning => "the faster of weights as they come and channels last";

    /// <inheritdoc/>
    public bool Does(JobKind kind) => true;

    /// <inheritdoc/>
    public IPeerWork Prepare(PeerJob job)
    {
        TorchWork[] ways = [Way(job, channelsLast: false), Way(job, channelsLast: true)];
        var speeds = Array.ConvertAll(ways, way => Math.Max(way.Measure(TryingSeconds), way.Measure(TryingSeconds)));
        var fastest = Array.IndexOf(speeds, speeds.Max());
        ways[1 - fastest].Dispose();
        return ways[fastest];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The faces are their owner's.
    }

    private TorchWork Way(PeerJob job, bool channelsLast) => new(
        new NetworkWork(job.Network, EngineKind.Eager, job.Threads, faces, job.Batch, channelsLast),
        job,
        channelsLast ? "channels last" : "as it comes");
}
