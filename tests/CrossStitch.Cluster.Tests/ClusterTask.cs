using System.Globalization;

namespace CrossStitch.Cluster.Tests;

/// <summary>A task as squeue knows it, also for some minutes after its end.</summary>
/// <param name="Id">Array and number, such as 7_3.</param>
/// <param name="State">As Slurm names it.</param>
/// <param name="Reason">As Slurm names it.</param>
/// <param name="Restarts">How often it went back into the queue.</param>
/// <param name="Node">Where it runs; "" where it does not.</param>
/// <param name="Code">How it ended: its exit code times 256, or the signal that killed it.</param>
public sealed record ClusterTask(string Id, string State, string Reason, int Restarts, string Node, int Code)
{
    /// <summary>The columns for squeue.</summary>
    public const string Columns = "JobArrayID:|,State:|,Reason:|,RestartCnt:|,NodeList:|,exit_code:";

    /// <summary>Whether it waits or runs.</summary>
    public bool IsInQueue => State is "PENDING" or "RUNNING" or "COMPLETING" or "CONFIGURING" or "SUSPENDED";

    /// <summary>Reads a line of squeue.</summary>
    /// <param name="line">The line.</param>
    public static ClusterTask Parse(string line)
    {
        var words = line.Split('|');
        return new(words[0], words[1], words[2], int.Parse(words[3], CultureInfo.InvariantCulture), words[4], int.Parse(words[5], CultureInfo.InvariantCulture));
    }
}
