namespace CrossStitch.Benchmarks.Peers;

/// <summary>What is timed.</summary>
public enum JobKind
{
    /// <summary>A step of training: forward, losses, backward, gradient limit, Adam.</summary>
    Training,

    /// <summary>A pass forward: from pixels to the outputs of all heads.</summary>
    Forward,
}
