namespace CrossStitch.Cluster.Tests;

/// <summary>What a cluster refuses, or can never do, is told in a line that says what to do.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly string[] Study = ["compare", "--faces", "20", "--epochs", "1", "--threads", "1", "--networks", "single", "--on", "slurm"];

    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    private readonly string _root = Directory.CreateTempSubdirectory("xs-refused-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_cannot_be_submitted_is_one_line_with_what_to_do()
    {
        using var cluster = new SlurmCluster(1, "MaxArraySize=5");
        string Refused(string name, params string[] options)
        {
            var outcome = cluster.CrossStitch([.. Study, "--seeds", "8", "--out", Path.Combine(_root, name), .. options]);
            Assert.Equal((1, ""), (outcome.Code, outcome.Output.Trim()));
            Assert.False(Directory.Exists(Path.Combine(_root, name, "slurm", "1")), "What was refused leaves nothing behind.");
            return Assert.Single(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("error: ", StringComparison.Ordinal));
        }

        Assert.Contains("--partition", Refused("study", "--partition", "nowhere"));
        Assert.Contains("--runs-per-task 2", Refused("study", "--runs-per-task", "1"));
        Assert.Contains("--time", Refused("study", "--time", "soon"));
        Assert.Contains("without them", Refused("50%j"));
        cluster.StopController();
        Assert.Contains("sinfo", Refused("study"));
    }

    [Fact]
    public void Without_Slurm_the_other_way_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Of a path without sbatch.");
        var outcome = SlurmCluster.Start(SlurmCluster.Command, [.. Study, "--out", Path.Combine(_root, "study")], new Dictionary<string, string?> { ["PATH"] = _root });
        Assert.Equal(1, outcome.Code);
        Assert.Contains("crossstitch work", outcome.Errors);
    }

    [Fact]
    public void What_can_never_start_is_said_when_it_is_submitted_and_later()
    {
        using var cluster = new SlurmCluster(1);
        var study = Path.Combine(_root, "study");
        var outcome = cluster.CrossStitch([.. Study, "--seeds", "2", "--out", study, "--cpus", "50"]);
        Assert.Contains("never start", outcome.Done() + outcome.Errors);
        Assert.Contains("never start", cluster.CrossStitch("status", study).Done());
        Assert.Contains("2 tasks", cluster.CrossStitch("cancel", study).Done());
        Assert.DoesNotContain(cluster.Tasks(), task => task.IsInQueue);
    }

    [Fact]
    public void A_node_that_does_not_see_the_folder_is_named()
    {
        var hook = Path.Combine(_root, "hide.sh");
        File.WriteAllText(hook, $"#!/bin/sh\n[ \"$1\" != n2 ] || mount -t tmpfs none '{Path.Combine(_root, "shared")}'\n");
        SlurmCluster.Start("chmod", ["+x", hook], new Dictionary<string, string?>()).Done();
        Directory.CreateDirectory(Path.Combine(_root, "shared"));
        using var cluster = new SlurmCluster(2, "cpus=1", $"hook={hook}");
        var study = Path.Combine(_root, "shared", "study");
        cluster.CrossStitch([.. Study, "--seeds", "3", "--out", study]).Done();
        cluster.Wait("the tasks have ended", Most, () => !cluster.Tasks().Any(task => task.IsInQueue));
        Assert.Contains("n2 does not see", cluster.CrossStitch("status", study).Done());
    }

    [Fact]
    public void Names_with_blanks_quotes_and_more_go_through_every_script()
    {
        using var cluster = new SlurmCluster(1);
        var study = Path.Combine(_root, "it's a \"study\" of $HOME & `more`; ü");
        cluster.CrossStitch([.. Study, "--seeds", "2", "--out", study, "--", "--comment=it's \"mine\" \\ #1"]).Done();
        cluster.Wait("the tasks have ended", Most, () => !cluster.Tasks().Any(task => task.IsInQueue));
        Assert.Contains("2 done", cluster.CrossStitch("status", study).Done());
        Assert.Contains("Comment=it's \"mine\" \\ #1", cluster.Slurm("scontrol", "show", "job"));
    }
}
