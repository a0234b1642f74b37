namespace CrossStitch.Cluster.Tests;

/// <summary>What a cluster refuses, or can never do, is one line that says what to do.</summary>
public sealed class RefusalTests
{
    private static readonly string[] Study = ["compare", "--faces", "20", "--epochs", "1", "--threads", "1", "--networks", "single", "--seeds", "8", "--on", "slurm"];
}
