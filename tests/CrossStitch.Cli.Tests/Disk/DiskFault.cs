namespace CrossStitch.Cli.Tests.Disk;

/// <summary>What happens to a process at one of its changes of the disk, counted from 1; 0 is never.</summary>
/// <param name="KillAt">Where it is killed; a write is then done by half.</param>
/// <param name="FailAt">Where the call fails.</param>
/// <param name="Error">With which error of the system.</param>
internal sealed record DiskFault(int KillAt = 0, int FailAt = 0, int Error = 0)
{
    public const int NoSpace = 28;
    public const int DiskBroken = 5;
}
