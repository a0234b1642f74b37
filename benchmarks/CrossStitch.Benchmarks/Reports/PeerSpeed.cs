namespace CrossStitch.Benchmarks.Reports;

/// <summary>How fast a peer did a job.</summary>
/// <param name="Peer">The peer's name.</param>
/// <param name="Way">Which of its ways was measured; null where it has only one.</param>
/// <param name="Median">Faces a second, in the middle of all rounds.</param>
/// <param name="Minimum">Of the slowest round.</param>
/// <param name="Maximum">Of the fastest round.</param>
/// <param name="Rounds">Of every round, in their order.</param>
public sealed record PeerSpeed(string Peer, string? Way, double Median, double Minimum, double Maximum, IReadOnlyList<double> Rounds)
{
    /// <summary>Sums up rounds.</summary>
    /// <param name="peer">The peer's name.</param>
    /// <param name="way">Which of its ways was measured.</param>
    /// <param name="rounds">Faces a second of every round.</param>
    public static PeerSpeed Of(string peer, string? way, IReadOnlyList<double> rounds)
    {
        double[] ordered = [.. rounds.Order()];
        var middle = ordered.Length / 2;
        var median = ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
        return new PeerSpeed(peer, way, median, ordered[0], ordered[^1], rounds);
    }
}
