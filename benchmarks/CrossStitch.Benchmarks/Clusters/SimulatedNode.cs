namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A machine of a simulated cluster.</summary>
internal sealed class SimulatedNode
{
    /// <summary>Cores that nothing is on.</summary>
    public int Free { get; set; }

    /// <summary>Grows when it dies: what was on it then gives no core back.</summary>
    public int Boot { get; set; }

    /// <summary>Whether it has the faces in its memory.</summary>
    public bool HasFaces { get; set; }
}
