using CrossStitch.Benchmarks.Peers;

namespace CrossStitch.Benchmarks.Reports;

/// <summary>How fast everyone did one job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Speeds">Of every peer that can do it; ours first.</param>
/// <param name="Gigaflops">Our useful arithmetic: 10⁹ floating-point operations a second.</param>
/// <param name="ShareOfPeak">That over the peak of the widest vectors with as many threads.</param>
public sealed record JobResult(PeerJob Job, IReadOnlyList<PeerSpeed> Speeds, double Gigaflops, double ShareOfPeak)
{
    /// <summary>The fastest of the others; null where we are alone.</summary>
    public PeerSpeed? FastestPeer => Speeds.Skip(1).MaxBy(speed => speed.Median);

    /// <summary>Our speed over that of the fastest of the others.</summary>
    public double? RatioToFastestPeer => Speeds[0].Median / FastestPeer?.Median;
}
