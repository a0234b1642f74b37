namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A task of a simulated job array.</summary>
/// <param name="runs">Its runs.</param>
internal sealed class SimulatedTask(IReadOnlyList<SimulatedRun> runs)
{
    /// <summary>Its runs.</summary>
    public IReadOnlyList<SimulatedRun> Runs => runs;

    /// <summary>The first of its runs that has not ended.</summary>
    public int First { get; set; }

    /// <summary>Grows with each start and end: what was to happen to an earlier life happens no more.</summary>
    public int Life { get; set; }

    /// <summary>The node that it is on; null for none.</summary>
    public SimulatedNode? Node { get; set; }

    /// <summary>The run that it is at.</summary>
    public SimulatedRun? Run { get; set; }

    /// <summary>Since when it has seen claims of dead processes.</summary>
    public Dictionary<SimulatedRun, double> Seen { get; } = [];

    /// <summary>Looks for a run that nobody is at. The claim of a dead process is waited for.</summary>
    /// <param name="among">The runs.</param>
    /// <param name="first">The first to look at.</param>
    /// <param name="now">When.</param>
    /// <param name="patience">How long a claim is waited for.</param>
    /// <returns>The run, and whether any is left.</returns>
    public (bool AreLeft, SimulatedRun? Run) Find(IReadOnlyList<SimulatedRun> among, int first, double now, double patience)
    {
        var areLeft = false;
        for (var i = first; i < among.Count; i++)
        {
            var run = among[i];
            areLeft |= !run.HasEnded;
            if (!run.HasEnded && !run.IsClaimed && !(run.HasDeadClaim && (Seen.TryAdd(run, now) || now - Seen[run] < patience)))
            {
                return (true, run);
            }
        }

        return (areLeft, null);
    }
}
