using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>A network on TorchSharp as a job.</summary>
/// <param name="network">The network; it is disposed with the job.</param>
/// <param name="job">The job.</param>
/// <param name="way">What is special about it.</param>
internal sealed class TorchWork(NetworkWork network, PeerJob job, string? way = null) : IPeerWork
{
    public string? Way => way;

    public double Measure(double seconds) =>
        Timing.FacesPerSecond(job.Batch, seconds, job.Kind == JobKind.Training ? network.Train : network.Forward);

    public void Dispose() => network.Dispose();
}
