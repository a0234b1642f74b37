namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A cluster, its disk, and what a study asks of them. What is measured and what assumed: docs/cluster.md.</summary>
internal sealed record ClusterModel
{
    /// <summary>Machines.</summary>
    public int Nodes { get; init; } = 25;

    /// <summary>Cores of a machine; a task has one.</summary>
    public int CoresPerNode { get; init; } = 40;

    /// <summary>Tasks that the scheduler starts a second (assumed; large sites reach a few hundred).</summary>
    public double StartsPerSecond { get; init; } = 20;

    /// <summary>Seconds from a task's start to its first look at the study: the job's script, and the program's start (measured).</summary>
    public double StartSeconds { get; init; } = 0.5;

    /// <summary>Seconds of computing to read plan and faces, beside the disk (measured).</summary>
    public double LoadSeconds { get; init; } = 0.8;

    /// <summary>Seconds to measure a trained network on the test faces (measured).</summary>
    public double TestSeconds { get; init; } = 0.4;

    /// <summary>Seconds from a task's last run to its end (measured; the script looks once a second).</summary>
    public double EndSeconds { get; init; } = 0.6;

    /// <summary>Seconds from a task's end to the start of the next on its core (Slurm's own: measured; batch_sched_delay is 3).</summary>
    public double TurnSeconds { get; init; } = 2.3;

    /// <summary>Epochs of a run.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Seconds that a requeued task waits before it may start (Slurm's own: measured).</summary>
    public double RequeueSeconds { get; init; } = 121;

    /// <summary>How often a running task is preempted, an hour.</summary>
    public double PreemptionsPerHour { get; init; }

    /// <summary>Seconds for which the core is then another's.</summary>
    public double PreemptionSeconds { get; init; } = 600;

    /// <summary>How often a node dies, an hour.</summary>
    public double DeathsPerHour { get; init; }

    /// <summary>Seconds until Slurm sees that (SlurmdTimeout's default).</summary>
    public double DetectionSeconds { get; init; } = 300;

    /// <summary>Seconds until the node is back.</summary>
    public double DownSeconds { get; init; } = 900;

    /// <summary>Seconds that a claim which a dead process left is waited for (ClaimWatch.Patience).</summary>
    public double Patience { get; init; } = 60;

    /// <summary>Whether no scheduler has lists of runs: every process takes any run that nobody is at ('crossstitch work').</summary>
    public bool IsPlainWork { get; init; }

    /// <summary>Operations a second that the shared disk's server does; infinite for no limit.</summary>
    public double OperationsPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>Bytes a second that it takes or gives.</summary>
    public double BytesPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>Seconds of an operation's way there and back (assumed).</summary>
    public double Latency { get; init; } = 0.0003;

    /// <summary>Whether a node reads the packed faces once, and then has them in its memory; else each task reads them.</summary>
    public bool ReadsFacesOnce { get; init; } = true;

    /// <summary>What a task does to the disk when it begins (measured).</summary>
    public DiskWork Load { get; init; } = new(20, 1.4e6);

    /// <summary>The packed faces (measured).</summary>
    public DiskWork Faces { get; init; } = new(40, 37e6);

    /// <summary>What a run does at its beginning, to report an epoch, to save its checkpoint, and at its end (measured).</summary>
    public (DiskWork Begin, DiskWork Report, DiskWork Save, DiskWork End) Run { get; init; } = (new(61, 0.48e6), new(25, 3e3), new(16, 1.9e6), new(93, 1.3e6));

    /// <summary>A run saves after an epoch only if it has not for so long (WorkOptions.SaveEvery), and after the last.</summary>
    public double SaveSeconds { get; init; } = 30;

    /// <summary>A claim's beat, every ten seconds (measured).</summary>
    public DiskWork Beat { get; init; } = new(6, 300);

    /// <summary>All cores.</summary>
    public int Cores => Nodes * CoresPerNode;
}
