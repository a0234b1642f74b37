namespace CrossStitch.Experiments.Clusters;

/// <summary>A task of an array, as Slurm knows it: one that waits or runs, or that ended some minutes ago.</summary>
/// <param name="Job">The array's job.</param>
/// <param name="Task">Its number in the array.</param>
/// <param name="State">As Slurm names it: PENDING, RUNNING, COMPLETING, FAILED …</param>
/// <param name="Reason">Why it waits or failed, as Slurm names it; "None" where it does not.</param>
/// <param name="Node">The node that it runs on, or ran on last; may be empty.</param>
/// <param name="ExitStatus">How it ended, as wait(2) puts it: the exit code times 256, or a signal; 0 before.</param>
public sealed record QueuedTask(long Job, int Task, string State, string Reason, string Node = "", int ExitStatus = 0)
{
    /// <summary>The signal that ended a task, by what slurmd says, whose log it could not open: it was never started.</summary>
    private const int NoLog = 53;

    /// <summary>The bits of the exit status that are the signal.</summary>
    private const int Signal = 0x7F;

    /// <summary>What the study's script ends with on a node that does not see the study's folder.</summary>
    private const int NoFolder = 66 * 256;

    private static readonly string[] Ends = ["COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "BOOT_FAIL", "DEADLINE", "REVOKED"];

    /// <summary>Whether it waits or runs; a task that was preempted is on its way back into the queue.</summary>
    public bool IsInQueue => !Ends.Contains(State);

    /// <summary>What a user should know of it, in a sentence; null for nothing.</summary>
    public string? Problem => ExitStatus switch
    {
        _ when !IsInQueue && (ExitStatus == NoFolder || (ExitStatus & Signal) == NoLog) => $"Node {Node} does not see the study's folder, or cannot write there: it has to lie on a disk that all nodes share.",
        _ when IsInQueue && State == "PENDING" => Reason switch
        {
            "PartitionConfig" or "BadConstraints" => "It will never start: no node of the partition is like what was asked for; cancel it, and use fewer --cpus or another --partition.",
            "PartitionTimeLimit" => "It will never start: the partition lets no task take as long as --time; cancel it, and ask for less.",
            "PartitionNodeLimit" => "It will never start: it asks for more nodes than the partition gives.",
            "PartitionDown" or "PartitionInactive" => "The partition is down, and nothing in it starts; 'sinfo' tells more.",
            "ReqNodeNotAvail" => "The nodes that it could use are down or reserved; 'sinfo' tells more.",
            "JobHeldUser" or "JobHeldAdmin" or "JobHoldMaxRequeue" or "launch failed requeued held" => "It is held; 'scontrol release' lets it go on.",
            _ => null,
        },
        _ when State is "OUT_OF_MEMORY" => "It needed more memory than it may have; submit again with more, such as -- --mem=2G.",
        _ => null,
    };
}
