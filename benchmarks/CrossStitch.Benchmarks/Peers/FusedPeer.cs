using CrossStitch.Benchmarks.Work;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>We ourselves: training by the kernels, passes forward by <see cref="NetworkRunner"/>.</summary>
/// <param name="faces">What the networks see.</param>
public sealed class FusedPeer(BenchmarkFaces faces) : IPeer
{
    /// <inheritdoc/>
    public string Name => "CrossStitch";

    /// <inheritdoc/>
    public string Version => typeof(Network).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public string Tuning => "training by KernelEngine; forward is NetworkRunner on the exported model";

    /// <inheritdoc/>
    public bool Does(JobKind kind) => true;

    /// <inheritdoc/>
    public IPeerWork Prepare(PeerJob job) => job.Kind == JobKind.Training
        ? new EngineWork(new NetworkWork(job.Network, torch: false, job.Threads, faces, job.Batch), job)
        : new RunnerWork(job, faces);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The faces are their owner's.
    }

    private sealed class RunnerWork : IPeerWork
    {
        private readonly NetworkRunner _runner;
        private readonly NetworkOutput _output;
        private readonly float[] _pixels;
        private readonly int _batch;
        private int _pass;

        public RunnerWork(PeerJob job, BenchmarkFaces faces)
        {
            (_pixels, _batch) = (faces.Pixels, job.Batch);
            using var work = new NetworkWork(job.Network, torch: false, job.Threads, faces, job.Batch);
            _runner = new NetworkRunner(ModelExport.ToModel(work.Network), job.Threads);
            _output = new NetworkOutput(_runner.Model);
        }

        public double Measure(double seconds) => Timing.FacesPerSecond(_batch, seconds, enough =>
        {
            var length = _batch * _runner.Model.InputLength;
            do
            {
                _runner.Run(_pixels.AsSpan(_pass++ % (_pixels.Length / length) * length, length), _batch, _output);
            }
            while (!enough());
        });

        public void Dispose() => _runner.Dispose();
    }
}
