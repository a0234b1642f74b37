using System.Diagnostics;
using System.Globalization;

namespace CrossStitch.Cluster.Tests;

/// <summary>
/// A Slurm of one test's own, on this machine: see tests/cluster/slurm.sh. Each node is another machine to the programs on it.
/// Where Slurm is not installed, the test that asks for one is skipped.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    /// <summary>No command of Slurm's, nor of ours, is to take longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "slurm.sh");

    private readonly string _folder = Directory.CreateTempSubdirectory("xs-slurm-").FullName;
    private readonly Dictionary<string, string?> _environment = [];

    /// <summary>Starts one.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="options">Options of slurm.sh, such as cpus=1 or MaxArraySize=5.</param>
    public SlurmCluster(int nodes, params string[] options)
    {
        var missing = new[] { "slurmctld", "slurmd", "sbatch", "munged", "unshare" }.FirstOrDefault(name => Find(name) is null);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root of a Linux can start the nodes of a cluster.");
        Assert.SkipUnless(missing is null, $"There is no {missing}: install Debian's slurmctld, slurmd, slurm-client and munge.");
        Nodes = [.. Enumerable.Range(1, nodes).Select(node => string.Create(CultureInfo.InvariantCulture, $"n{node}"))];
        Programs = Path.Combine(_folder, "bin");
        Directory.CreateDirectory(Programs);
        try
        {
            Control("start", [nodes.ToString(CultureInfo.InvariantCulture), .. options]);
        }
        catch
        {
            Dispose();
            throw;
        }

        _environment["SLURM_CONF"] = Path.Combine(_folder, "slurm.conf");
    }

    /// <summary>The nodes' names.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>A folder of the cluster's own, for programs that a test makes.</summary>
    public string Programs { get; }

    /// <summary>The command under test.</summary>
    public static string Command { get; } = Path.Combine(AppContext.BaseDirectory, "CrossStitch.Cli");

    /// <summary>Kills a node, and all that runs on it, at once.</summary>
    /// <param name="node">Its name.</param>
    public void Kill(string node) => Control("kill-node", node);

    /// <summary>Starts a node that was killed.</summary>
    /// <param name="node">Its name.</param>
    public void Start(string node) => Control("start-node", node);

    /// <summary>Stops the controller and starts it again.</summary>
    public void RestartController() => Control("restart-controller");

    /// <summary>Stops the controller.</summary>
    public void StopController() => Control("stop-controller");

    /// <summary>Runs our command, as on the machine from which jobs are submitted.</summary>
    /// <param name="words">Its words.</param>
    public Outcome CrossStitch(params IEnumerable<string> words) => Run(Command, words);

    /// <summary>Runs a command of Slurm's, which has to end well.</summary>
    /// <param name="program">Which.</param>
    /// <param name="words">Its words.</param>
    public string Slurm(string program, params IEnumerable<string> words) => Run(program, words).Done();

    /// <summary>Runs a program beside the cluster.</summary>
    /// <param name="program">Which.</param>
    /// <param name="words">Its words.</param>
    public Outcome Run(string program, params IEnumerable<string> words) => Start(program, words, _environment);

    /// <summary>All tasks of all jobs in the low partition, ended ones too.</summary>
    public IReadOnlyList<ClusterTask> Tasks() =>
        [.. Slurm("squeue", "-h", "-r", "-t", "all", "-p", "low", "-O", ClusterTask.Columns).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ClusterTask.Parse)];

    /// <summary>Lets tasks that went back into the queue start at once: Slurm would have them wait for two minutes.</summary>
    public void Hurry()
    {
        foreach (var task in Tasks().Where(task => task is { State: "PENDING", Reason: "BeginTime" }))
        {
            // One that has just started all the same is no error.
            Run("scontrol", "update", $"jobid={task.Id}", "StartTime=now");
        }
    }

    /// <summary>Waits; the test fails if it takes too long.</summary>
    /// <param name="what">What for.</param>
    /// <param name="most">How long.</param>
    /// <param name="isSo">Whether it is so.</param>
    public void Wait(string what, TimeSpan most, Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); Thread.Sleep(500))
        {
            Assert.True(clock.Elapsed < most, $"Not in {most.TotalSeconds:0} s: {what}\n{Run("squeue", "-r", "-t", "all").Output}\n{Run("sinfo", "-N", "-l").Output}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Control("stop");
        if (Environment.GetEnvironmentVariable("CROSSSTITCH_KEEP_CLUSTER") is null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Which.</param>
    /// <param name="words">Its words.</param>
    /// <param name="environment">What of the environment is another.</param>
    public static Outcome Start(string program, IEnumerable<string> words, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', words)}: has not ended in {Patience.TotalMinutes:0} minutes.");
        }

        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Where a program is; null if it is nowhere.</summary>
    /// <param name="program">Its name.</param>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private void Control(string what, params IEnumerable<string> words)
    {
        // What a daemon inherits it keeps open: its output goes to a file, not to a pipe that would never end.
        var log = Path.Combine(_folder, "slurm.sh.log");
        var outcome = Start("bash", ["-c", "exec bash \"$@\" > \"$0\" 2>&1", log, Script, what, _folder, .. words], new Dictionary<string, string?>());
        Assert.True(outcome.Code == 0, $"slurm.sh {what}: {(File.Exists(log) ? File.ReadAllText(log) : "")}");
    }
}
