namespace CrossStitch.Cluster.Tests;

/// <summary>Kills nodes, preempts tasks and restarts the controller, at moments that a seed gives, while a study is under way.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="seed">The seed.</param>
internal sealed class Trouble(SlurmCluster cluster, int seed)
{
    /// <summary>A killed node is noticed by Slurm itself, once in so many; else somebody says it, which spares half a minute.</summary>
    private const int Unsaid = 4;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, IReadOnlyList<ClusterTask>> _ghosts = [];

    /// <summary>How often a node was killed that had a task.</summary>
    public int Kills { get; private set; }

    /// <summary>How many tasks went back into the queue because another job needed their node.</summary>
    public int Preempted { get; private set; }

    /// <summary>How often the controller was restarted.</summary>
    public int Restarts { get; private set; }

    /// <summary>Makes trouble until there was enough of each, or nothing is left in the queue.</summary>
    /// <param name="kills">Nodes to kill.</param>
    /// <param name="preempted">Tasks to preempt.</param>
    /// <param name="restarts">Restarts of the controller.</param>
    public void Make(int kills, int preempted, int restarts)
    {
        var all = kills + preempted;
        while (cluster.Tasks().Any(task => task.IsInQueue) && (Kills < kills || Preempted < preempted))
        {
            Thread.Sleep(_random.Next(500, 3000));
            if (Restarts < restarts && (Kills + Preempted) * (restarts + 1) >= all * (Restarts + 1))
            {
                cluster.RestartController();
                Restarts++;
            }

            cluster.Hurry();
            if (Busy() is { } node)
            {
                var (left, right) = (kills - Kills, preempted - Preempted);
                if (right <= 0 || (left > 0 && _random.Next(left + right) < left))
                {
                    Kill(node);
                }
                else
                {
                    Preempt(node);
                }
            }
        }
    }

    /// <summary>A node that has a task, as far as is known.</summary>
    private string? Busy()
    {
        var running = cluster.Tasks().Where(task => task.State == "RUNNING").ToList();
        foreach (var (node, ghosts) in _ghosts.ToList())
        {
            if (!ghosts.Any(ghost => running.Any(task => task.Id == ghost.Id && task.Restarts == ghost.Restarts)))
            {
                _ghosts.Remove(node);
            }
        }

        var nodes = running.Select(task => task.Node).Distinct().Where(node => !_ghosts.ContainsKey(node)).ToList();
        return nodes.Count == 0 ? null : nodes[_random.Next(nodes.Count)];
    }

    private void Kill(string node)
    {
        var running = Running(node);
        cluster.Kill(node);
        Kills += running.Count == 0 ? 0 : 1;
        if (_random.Next(Unsaid) == 0)
        {
            _ghosts[node] = running;
            cluster.Start(node);
            return;
        }

        cluster.Slurm("scontrol", "update", $"nodename={node}", "state=down", "reason=killed");
        Thread.Sleep(_random.Next(2000));
        cluster.Start(node);
        cluster.Wait($"{node} is back", Moment, () =>
        {
            cluster.Run("scontrol", "update", $"nodename={node}", "state=resume");
            return cluster.Run("sinfo", "-h", "-n", node, "-p", "low", "-o", "%T").Output.Trim() is "idle" or "mixed" or "allocated";
        });
    }

    private void Preempt(string node)
    {
        var before = Running(node);
        var job = cluster.Slurm("sbatch", "--parsable", "-p", "high", "-w", node, "--exclusive", "-t", "1", "-o", "/dev/null", "--wrap", "sleep 1").Trim();
        cluster.Wait($"job {job} has {node}", 2 * Moment, () => cluster.Run("squeue", "-h", "-j", $"{job},{job}", "-t", "PENDING").Output.Trim().Length == 0);
        var after = cluster.Tasks();
        Preempted += before.Count(task => after.Any(now => now.Id == task.Id && now.Restarts > task.Restarts));
    }

    private List<ClusterTask> Running(string node) => [.. cluster.Tasks().Where(task => task.State == "RUNNING" && task.Node == node)];
}
