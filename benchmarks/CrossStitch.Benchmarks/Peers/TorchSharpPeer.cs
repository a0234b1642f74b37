using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>TorchSharp: the same networks by its autograd, with our optimiser.</summary>
/// <param name="faces">What the networks see.</param>
public sealed class TorchSharpPeer(BenchmarkFaces faces) : IPeer
{
    /// <inheritdoc/>
    public string Name => "TorchSharp";

    /// <inheritdoc/>
    public string Version => $"{typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)}, libtorch {TorchSharp.torch.__version__}";

    /// <inheritdoc/>
    public string Tuning => "threads as given; parameters and gradients are copied a step, our optimiser";

    /// <inheritdoc/>
    public bool Does(JobKind kind) => true;

    /// <inheritdoc/>
    public IPeerWork Prepare(PeerJob job) => new EngineWork(new NetworkWork(job.Network, torch: true, job.Threads, faces, job.Batch), job);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The faces are their owner's.
    }
}
