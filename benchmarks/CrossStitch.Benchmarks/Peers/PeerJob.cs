namespace CrossStitch.Benchmarks.Peers;

/// <summary>What everyone does in turn.</summary>
/// <param name="Network">With which network.</param>
/// <param name="Kind">Training steps or passes forward.</param>
/// <param name="Batch">Faces at a time.</param>
/// <param name="Threads">With how many threads.</param>
public sealed record PeerJob(string Network, JobKind Kind, int Batch, int Threads)
{
    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Network}, {Kind.ToString().ToLowerInvariant()}, batch {Batch}, {Threads} {(Threads == 1 ? "thread" : "threads")}");
}
