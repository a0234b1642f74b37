namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A run of a simulated study.</summary>
/// <param name="epochSeconds">Seconds of an epoch.</param>
internal sealed class SimulatedRun(double epochSeconds)
{
    /// <summary>Seconds of an epoch.</summary>
    public double EpochSeconds => epochSeconds;

    /// <summary>Epochs that its last checkpoint has.</summary>
    public double Saved { get; set; }

    /// <summary>Epochs that it had trained at <see cref="Since"/>.</summary>
    public double Trained { get; set; }

    /// <summary>When its checkpoint was last written.</summary>
    public double LastSave { get; set; }

    /// <summary>Since when it is training an epoch; 0 where it is not.</summary>
    public double Since { get; set; }

    /// <summary>Whether a process is at it.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether a process died at it, and its claim is still there.</summary>
    public bool HasDeadClaim { get; set; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded { get; set; }
}
