namespace CrossStitch.Benchmarks.Peers;

/// <summary>Someone who does the same work: we ourselves, or another library.</summary>
public interface IPeer : IDisposable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Its version, and that of what it runs on.</summary>
    string Version { get; }

    /// <summary>How it was tuned, a sentence without its full stop.</summary>
    string Tuning { get; }

    /// <summary>Whether it can do a kind of work at all.</summary>
    /// <param name="kind">Which kind.</param>
    bool Does(JobKind kind);

    /// <summary>Gets a job ready.</summary>
    /// <param name="job">Which.</param>
    IPeerWork Prepare(PeerJob job);
}
