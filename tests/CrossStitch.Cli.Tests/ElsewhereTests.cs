using System.Text.Json;

namespace CrossStitch.Cli.Tests;

/// <summary>Studies that other processes do. What needs a cluster is tested on one: tests/CrossStitch.Cluster.Tests.</summary>
public sealed class ElsewhereTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private static readonly string[] Small = ["compare", "--faces", "40", "--epochs", "1", "--networks", "single,split", "--seeds", "2", "--threads", "1"];

    [Fact]
    public void Planned_for_workers_a_study_comes_to_the_same_results_as_here()
    {
        var (here, shared) = (cli.Folder("here"), cli.Folder("shared"));
        Done([.. Small, "--out", here]);

        Assert.StartsWith("4 runs planned in ", Done([.. Small, "--out", shared, "--on", "workers"]).Output, StringComparison.Ordinal);
        Assert.StartsWith("4 runs: 0 done, 0 running, 4 waiting, 0 failed, 0 lost.", Done(["status", shared]).Output, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(shared, "some.txt"), "single-seed1\nsplit-all-seed2\tsingle-seed2\n");
        Done(["work", shared, "--tasks", "some.txt", "--task", "1"]);
        Assert.StartsWith("4 runs: 2 done, 0 running, 2 waiting, 0 failed, 0 lost.", Done(["status", shared]).Output, StringComparison.Ordinal);
        Done(["work", shared, "--parallel", "2"]);
        Assert.Equal(4, JsonDocument.Parse(Done(["status", shared, "--json"]).Output).RootElement.GetProperty("done").GetInt32());

        Assert.Contains("single", Done(["collect", shared]).Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(here, "results.json")), File.ReadAllText(Path.Combine(shared, "results.json")));
        Assert.True(File.Exists(Path.Combine(shared, "report.html")));

        // Nothing is left to do: the command that began it prints what it would print here.
        Assert.Equal(Done([.. Small, "--out", here]).Output, Done([.. Small, "--out", shared, "--on", "workers", "--wait"]).Output.Split('\n', 2)[1]);
    }

    [Fact]
    public void A_worker_that_is_stopped_ends_with_the_code_for_not_finished()
    {
        var folder = cli.Folder("stopped");
        Done([.. Small, "--out", folder, "--on", "workers"]);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var stopped = CommandLineFixture.Run(["work", folder], stop.Token);
        Assert.Equal(75, stopped.Code);
        Assert.Contains("goes on, here or elsewhere", stopped.Progress, StringComparison.Ordinal);
        Assert.Equal("", stopped.Errors);
    }

    [Theory]
    [InlineData("compare --partition short", "--partition has no effect without --on slurm")]
    [InlineData("compare --on workers --cpus 2", "--cpus has no effect without --on slurm")]
    [InlineData("compare --wait", "--wait has no effect here")]
    [InlineData("compare -- --mem=1G", "--mem=1G has no effect without --on slurm")]
    [InlineData("compare --epcohs 3", "--epcohs is not an option of crossstitch compare. Did you mean '--epochs'?")]
    [InlineData("compare something", "'something' has no place here")]
    [InlineData("compare --on slrum", "--on is 'slrum'; there are here, slurm, workers. Did you mean 'slurm'?")]
    [InlineData("reproduce --on workers --parallel 2", "--parallel has no effect with --on")]
    [InlineData("work nowhere --task 2", "--tasks and --task go together")]
    [InlineData("work nowhere", "nowhere: not the folder of a study")]
    [InlineData("status nowhere", "nowhere: not the folder of a study")]
    [InlineData("collect nowhere", "nowhere: not the folder of a study")]
    [InlineData("cancel nowhere", "nowhere: not the folder of a study")]
    public void What_cannot_be_is_one_line(string command, string line)
    {
        var outcome = CommandLineFixture.Run(command.Split(' '));
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"error: {line}", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Without_Slurm_it_says_what_to_do_before_anything_is_read()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "scontrol"))), "Slurm is here.");
        var folder = cli.Folder("no-slurm");
        var outcome = CommandLineFixture.Run([.. Small, "--out", folder, "--on", "slurm"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("'crossstitch work FOLDER'", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static CommandOutcome Done(string[] args)
    {
        var outcome = CommandLineFixture.Run(args);
        Assert.True(outcome.Code == 0, $"{string.Join(' ', args)}: {outcome.Errors}{outcome.Progress}");
        return outcome;
    }
}
