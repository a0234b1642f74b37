using System.Globalization;
using System.Text;
using CrossStitch.Benchmarks.Reports;
using CrossStitch.Experiments.Clusters;
using CrossStitch.Kernels;

namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A study of 10,000 runs on 1,000 cores, simulated: the tables of docs/cluster.md, in Markdown.</summary>
internal static class ClusterCommand
{
    private const int ManyRuns = 10_000;
    private const ulong Seed = 1;

    /// <summary>What Slurm says where nobody has set MaxArraySize: tasks of an array.</summary>
    private const int UsualArray = 1001;

    private static readonly ClusterModel Usual = new();

    /// <summary>A disk as a group's file server has it.</summary>
    private static readonly (double Operations, double Bytes) Server = (20_000, 1e9);

    /// <summary>Runs it.</summary>
    /// <param name="args">"cluster"; or "cluster sleep NODES": 40 tasks that sleep for 2, 5 or 8 seconds, which a real Slurm can be held against.</param>
    public static int Run(IReadOnlyList<string> args)
    {
        if (args is [_, "sleep", var nodes])
        {
            Console.WriteLine(Sleeping(int.Parse(nodes, CultureInfo.InvariantCulture)).Seconds.ToString("0.0", CultureInfo.InvariantCulture));
            return 0;
        }

        var text = new StringBuilder();
        var seconds = PaperRuns(ManyRuns);
        text.Append(CultureInfo.InvariantCulture, $"{ManyRuns:N0} runs, {seconds.Sum() / 3600:0} core hours; {Usual.Cores:N0} cores: {Minutes(seconds.Sum() / Usual.Cores)} minutes if nothing but training took time.\n\n");
        Packing(text, seconds);
        Disks(text, seconds);
        Starts(text, seconds);
        Nodes(text);
        Console.Write(text);
        return 0;
    }

    /// <summary>How long runs of the paper's 21 networks train on MTFL, seed by seed: 30 epochs, one core (measured), and 5 % more or less.</summary>
    private static double[] PaperRuns(int count)
    {
        var random = new SeededRandom(Seed);
        return [.. Enumerable.Range(0, count).Select(run => (run % 21) switch { 0 => 45, < 6 => 50, _ => 85 } * random.NextBetween(0.95, 1.05))];
    }

    private static void Packing(StringBuilder text, double[] seconds)
    {
        var table = new TextTable(1, "tasks", "runs a task", "undisturbed, minutes", "of the ideal", "starts", "starts a second", "preempted, minutes", "requeues", "trained twice, core seconds");
        var disturbed = Usual with { PreemptionsPerHour = 1, DeathsPerHour = 0.2 };
        foreach (var (name, runs, most) in new (string, int?, int)[]
        {
            ("a run each", 1, int.MaxValue),
            ("chosen, MaxArraySize 10,001", null, 10_001),
            ("chosen, MaxArraySize 1,001", null, UsualArray),
            ("as many as cores", 10, int.MaxValue),
            ("100 runs each", 100, int.MaxValue),
            ("none: crossstitch work", null, 0),
        })
        {
            var isPlain = most == 0;
            var tasks = isPlain ? [.. Enumerable.Range(0, Usual.Cores).Select(_ => Array.Empty<int>())] : Pack(seconds, most, runs);
            ClusterModel Of(ClusterModel model) => isPlain ? model with { IsPlainWork = true, StartsPerSecond = double.PositiveInfinity } : model;
            var calm = ClusterSimulation.Run(Of(Usual), seconds, tasks, Seed);
            var rough = ClusterSimulation.Run(Of(disturbed), seconds, tasks, Seed);
            table.Add(
                $"{tasks.Count.ToString("N0", CultureInfo.InvariantCulture)} ({name})",
                isPlain ? "any" : (seconds.Length / (double)tasks.Count).ToString("0.#", CultureInfo.InvariantCulture),
                Minutes(calm.Seconds),
                Percent(calm.Seconds / calm.Ideal),
                Number(calm.Starts),
                (calm.Starts / calm.Seconds).ToString("0.0", CultureInfo.InvariantCulture),
                Minutes(rough.Seconds),
                Number(rough.Requeues),
                Number(rough.Repeated));
        }

        table.AppendTo(text);
    }

    private static void Disks(StringBuilder text, double[] seconds)
    {
        var table = new TextTable(1, "disk", "minutes", "operations a second", "at most", "MB a second", "at most", "TB in all", "waited for it, core hours");
        var tasks = Pack(seconds, 10_001, null);
        foreach (var (name, model) in new (string, ClusterModel)[]
        {
            ("no limit", Usual),
            ("5,000 operations/s, 1 GB/s", Usual with { OperationsPerSecond = 5_000, BytesPerSecond = 1e9 }),
            ("20,000 operations/s, 1 GB/s", Usual with { OperationsPerSecond = Server.Operations, BytesPerSecond = Server.Bytes }),
            ("20,000 operations/s, 110 MB/s", Usual with { OperationsPerSecond = Server.Operations, BytesPerSecond = 110e6 }),
            ("no limit, runs that save after each epoch", Usual with { SaveSeconds = 0 }),
            ("20,000 operations/s, 110 MB/s, the same", Usual with { OperationsPerSecond = Server.Operations, BytesPerSecond = 110e6, SaveSeconds = 0 }),
        })
        {
            var outcome = ClusterSimulation.Run(model, seconds, tasks, Seed);
            table.Add(
                name,
                Minutes(outcome.Seconds),
                Number(outcome.Asked.Operations / outcome.Seconds),
                Number(outcome.Peak.Operations),
                Number(outcome.Asked.Bytes / outcome.Seconds / 1e6),
                Number(outcome.Peak.Bytes / 1e6),
                (outcome.Asked.Bytes / 1e12).ToString("0.00", CultureInfo.InvariantCulture),
                (outcome.Waited / 3600).ToString("0", CultureInfo.InvariantCulture));
        }

        table.AppendTo(text);
    }

    /// <summary>A thousand tasks that start at once and read the faces.</summary>
    private static void Starts(StringBuilder text, double[] seconds)
    {
        var table = new TextTable(1, "1,000 tasks start at once, disk 1 GB/s", "the last has its faces after, seconds", "GB read");
        var (all, tasks) = (seconds.Take(1000).ToArray(), Pack([.. seconds.Take(1000)], int.MaxValue, 1));
        foreach (var (name, once) in new[] { ("each node reads the faces once", true), ("each task reads them", false) })
        {
            // Nothing but the beginning counts here.
            var model = Usual with { StartsPerSecond = double.PositiveInfinity, ReadsFacesOnce = once, OperationsPerSecond = Server.Operations, BytesPerSecond = Server.Bytes };
            var outcome = ClusterSimulation.Run(model, all, tasks, Seed);
            table.Add(name, outcome.Loaded.ToString("0", CultureInfo.InvariantCulture), (((once ? model.Nodes : tasks.Count) * model.Faces.Bytes / 1e9) + (tasks.Count * model.Load.Bytes / 1e9)).ToString("0.0", CultureInfo.InvariantCulture));
        }

        table.AppendTo(text);
    }

    /// <summary>Forty runs on one node of one core, and on three.</summary>
    private static void Nodes(StringBuilder text)
    {
        var table = new TextTable(1, "40 runs", "one node, minutes", "three nodes", "share of one node's time");
        var seconds = PaperRuns(40);
        foreach (var (name, each) in new (string, int?)[] { ("a run a task (chosen)", null), ("four runs a task", 4) })
        {
            ClusterOutcome On(int nodes) => ClusterSimulation.Run(Usual with { Nodes = nodes, CoresPerNode = 1 }, seconds, Pack(seconds, UsualArray, each), Seed);
            var (one, three) = (On(1), On(3));
            table.Add(name, Minutes(one.Seconds), Minutes(three.Seconds), Percent(three.Seconds / one.Seconds));
        }

        table.AppendTo(text);
    }

    /// <summary>Forty runs that sleep for 2, 5 or 8 seconds and read nothing, a run a task.</summary>
    private static ClusterOutcome Sleeping(int nodes) => ClusterSimulation.Run(
        new ClusterModel { Nodes = nodes, CoresPerNode = 1, Epochs = 1, StartSeconds = 0, LoadSeconds = 0, TestSeconds = 0, EndSeconds = 0, Latency = 0, StartsPerSecond = double.PositiveInfinity },
        [.. Enumerable.Range(0, 40).Select(run => 2.0 + (3 * (run % 3)))],
        [.. Enumerable.Range(0, 40).Select(run => new[] { run })],
        Seed);

    private static IReadOnlyList<IReadOnlyList<int>> Pack(double[] seconds, int most, int? each) =>
        [.. TaskList.Pack([.. seconds.Select((time, run) => (run.ToString(CultureInfo.InvariantCulture), time))], most, each).Select(task => task.Select(run => int.Parse(run, CultureInfo.InvariantCulture)).ToArray())];

    private static string Minutes(double seconds) => (seconds / 60).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
