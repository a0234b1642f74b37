namespace CrossStitch.Benchmarks.Peers;

/// <summary>A job that a peer is ready to do; between two measurements it rests.</summary>
public interface IPeerWork : IDisposable
{
    /// <summary>Works.</summary>
    /// <param name="seconds">For how long.</param>
    /// <returns>Faces a second.</returns>
    double Measure(double seconds);

    /// <summary>Which of the peer's ways of doing the job is measured: the one that was fastest before; null where it has only one.</summary>
    string? Way => null;
}
