using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>A network on one of our engines as a job.</summary>
/// <param name="network">The network; it is disposed with the job.</param>
/// <param name="job">The job.</param>
internal sealed class EngineWork(NetworkWork network, PeerJob job) : IPeerWork
{
    public string? Way => null;

    public double Measure(double seconds) =>
        Timing.FacesPerSecond(job.Batch, seconds, job.Kind == JobKind.Training ? network.Train : network.Forward);

    public void Dispose() => network.Dispose();
}
