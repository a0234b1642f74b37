using System.Text.Json;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]

namespace CrossStitch.Cluster.Tests;

/// <summary>A study on a cluster where much goes wrong has the results of one that nothing disturbed, to the byte.</summary>
public sealed class DisturbedStudyTests(UndisturbedStudy undisturbed) : IClassFixture<UndisturbedStudy>
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(12);

    [Theory]
    [InlineData(false, 20, 20, 3, true)]
    [InlineData(false, 5, 5, 1, false)]
    [InlineData(true, 4, 4, 1, false)]
    public void Killed_nodes_preempted_tasks_and_a_restarted_controller_change_no_byte(bool mounted, int kills, int preempted, int restarts, bool isSlow)
    {
        Assert.SkipWhen(isSlow && Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") != "1", "takes ten minutes; set CROSSSTITCH_SLOW_TESTS=1 to run it");
        using var disk = new StudyDisk(mounted);
        using var cluster = new SlurmCluster(3, disk.Hook is { } hook ? ["cpus=4", $"hook={hook}"] : ["cpus=4"]);
        var folder = Path.Combine(disk.Seen, "the study's \"folder\"");
        cluster.CrossStitch([.. UndisturbedStudy.Line, "--out", folder, "--on", "slurm", "--cpus", "1", "--time", "30"]).Done();
        var trouble = new Trouble(cluster, seed: 14);
        trouble.Make(kills, preempted, restarts);
        cluster.Wait("the study has ended", Rest, () =>
        {
            cluster.Hurry();
            return !cluster.Tasks().Any(task => task.IsInQueue);
        });
        Assert.True(trouble.Kills >= kills && trouble.Preempted >= preempted && trouble.Restarts >= restarts, $"The study was too short: {trouble.Kills} kills, {trouble.Preempted} preempted, {trouble.Restarts} restarts.");

        var status = cluster.CrossStitch("status", folder, "--json").Done();
        using var json = JsonDocument.Parse(status);
        Assert.True(json.RootElement.GetProperty("done").GetInt32() == UndisturbedStudy.Runs, $"{status}\n{Logs(folder)}");
        cluster.CrossStitch("collect", folder).Done();
        Assert.Equal(File.ReadAllText(Path.Combine(undisturbed.Folder, "results.json")), File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.All(Directory.GetFiles(undisturbed.Folder, "scores.csv", SearchOption.AllDirectories), scores =>
            Assert.Equal(File.ReadAllText(scores), File.ReadAllText(Path.Combine(folder, Path.GetRelativePath(undisturbed.Folder, scores)))));
        Assert.All(Directory.GetFiles(folder, "metrics.jsonl", SearchOption.AllDirectories), metrics =>
            Assert.Equal(Lines(Path.Combine(undisturbed.Folder, Path.GetRelativePath(folder, metrics))), Lines(metrics)));
    }

    private static int Lines(string path) => File.ReadLines(path).Count();

    private static string Logs(string folder) =>
        string.Join('\n', Directory.GetFiles(Path.Combine(folder, "slurm"), "*.log", SearchOption.AllDirectories).Select(log => $"{log}:\n{string.Join('\n', File.ReadLines(log).TakeLast(5))}"));
}
