namespace CrossStitch.Experiments.Clusters;

/// <summary>A task of an array in Slurm's queue.</summary>
/// <param name="Job">The array's job.</param>
/// <param name="Task">Its number in the array.</param>
/// <param name="State">As Slurm names it: PENDING, RUNNING, COMPLETING …</param>
/// <param name="Reason">Why it waits, as Slurm names it; "None" where it does not.</param>
public sealed record QueuedTask(long Job, int Task, string State, string Reason);
