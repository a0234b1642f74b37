using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Cli.Tests;

/// <summary>What options do beside a recipe and a stopped run, and where outputs go.</summary>
public sealed class TrainCommandTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private static readonly string[] Quick = ["--network", "split", "--faces", "20", "--epochs", "1", "--batch-size", "16", "--threads", "1"];

    [Fact]
    public void Options_beside_a_recipe_change_it_and_are_recorded()
    {
        var first = cli.Folder("first");
        Done(["train", "--out", first, .. Quick]);
        var again = cli.Folder("changed");
        Done(["train", "--recipe", Path.Combine(first, "recipe.json"), "--seed", "7", "--epochs", "2", "--network", "cross-stitch", "--stitch-rate", "3", "--out", again]);
        var recipe = CommandLineFixture.Open(again).LoadRecipe();
        Assert.Equal((7, 2, "cross-stitch", 3.0), (recipe.Seed, recipe.Training.Epochs, recipe.Network, recipe.Training.StitchRate));
        Assert.Equal((16, new DrawnData(20, 10)), (recipe.Training.BatchSize, recipe.Data));
    }

    [Fact]
    public void A_stopped_run_goes_on_where_its_archive_lies_now()
    {
        var archive = cli.Folder("moved-before.zip");
        File.Copy(cli.Archive, archive);
        string[] options = ["--network", "split", "--data", archive, "--epochs", "60", "--batch-size", "16", "--threads", "1"];
        Done(["train", "--out", cli.Folder("unmoved"), .. options]);
        var run = CommandLineFixture.Open(cli.Folder("moved"));
        Stopped(["train", "--out", run.FullPath, .. options], run);

        var now = cli.Folder("moved-after.zip");
        File.Move(archive, now);
        var lost = CommandLineFixture.Run("train", "--resume", run.FullPath);
        Assert.Equal(1, lost.Code);
        Assert.Contains("say with --data where it is now", lost.Errors, StringComparison.Ordinal);
        var other = cli.Folder("not-the-same.zip");
        Done(["data", "synthesize", other, "--training", "48", "--testing", "24", "--seed", "4"]);
        Assert.Contains("other faces", CommandLineFixture.Run("train", "--resume", run.FullPath, "--data", other).Errors, StringComparison.Ordinal);

        Done(["train", "--resume", run.FullPath, "--data", now]);
        Assert.Equal(now, Assert.IsType<MtflData>(run.LoadRecipe().Data).Archive);
        Assert.Equal(File.ReadAllBytes(Path.Combine(cli.Folder("unmoved"), "checkpoints", "final.ckpt")), File.ReadAllBytes(run.FinalCheckpointPath));
    }

    [Fact]
    public void Boxes_are_found_unless_another_source_or_a_recipe_says_otherwise()
    {
        string[] options = ["--network", "single", "--data", cli.Archive, "--epochs", "1", "--threads", "1"];
        MtflData Recorded(string name, params string[] line)
        {
            Done(["train", "--out", cli.Folder(name), .. line]);
            return Assert.IsType<MtflData>(CommandLineFixture.Open(cli.Folder(name)).LoadRecipe().Data);
        }

        Assert.Equal("find", Recorded("found", options).Boxes);
        Assert.Null(Recorded("derived", [.. options, "--boxes", "landmarks"]).Boxes);
        var called = cli.Folder("find");
        File.Copy(cli.Boxes, called, overwrite: true);
        Assert.Equal(called, Recorded("called", [.. options, "--boxes", called]).Boxes);

        // As 0.1.0 and every recipe without boxes have it: from the landmarks, to the same weights as ever.
        var before = cli.Folder("before.json");
        File.WriteAllLines(before, File.ReadLines(Path.Combine(cli.Folder("derived"), "recipe.json")).Where(line => !line.Contains("\"boxes\"", StringComparison.Ordinal)));
        Assert.Null(Recorded("again", "--recipe", before).Boxes);
        Assert.Equal(CommandLineFixture.Open(cli.Folder("derived")).LoadRecipe().Versions["data"], CommandLineFixture.Open(cli.Folder("again")).LoadRecipe().Versions["data"]);
        Assert.Equal("find", Recorded("changed-boxes", "--recipe", before, "--boxes", "find").Boxes);
        Assert.Contains("All 24 faces have a box derived from their true landmarks", CommandLineFixture.Run("evaluate", cli.Folder("found"), "--data", cli.Archive, "--boxes", "landmarks").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("All 24 faces", CommandLineFixture.Run("evaluate", cli.Folder("derived"), "--data", cli.Archive).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_is_refused_does_not_block_its_folder()
    {
        var run = cli.Folder("blocked");
        Assert.Equal(1, CommandLineFixture.Run(["train", "--out", run, .. Quick, "--patience", "2", "--validation", "0.01"]).Code);
        Assert.False(Directory.Exists(run));
        Done(["train", "--out", run, .. Quick]);
    }

    [Theory]
    [InlineData("train --faces 20 --out FILE/run")]
    [InlineData("compare --faces 20 --out FILE/runs")]
    [InlineData("reproduce --faces 20 --out FILE/study")]
    [InlineData("evaluate RUN --json FILE/e.json")]
    [InlineData("evaluate RUN --json FOLDER")]
    [InlineData("evaluate RUN --json FOLDER/nowhere/e.json")]
    [InlineData("data synthesize FILE/x.zip --training 2 --testing 1")]
    [InlineData("data synthesize FILE/x --training 2 --testing 1")]
    [InlineData("export RUN --out FILE/m.xstitch")]
    public void A_place_that_cannot_be_written_is_said_before_the_work(string line)
    {
        var (file, folder, run) = (cli.Folder("a-file"), Directory.CreateDirectory(cli.Folder("a-folder")).FullName, cli.Folder("writable"));
        File.WriteAllText(file, "");
        if (!Directory.Exists(run))
        {
            Done(["train", "--out", run, .. Quick]);
        }

        var outcome = CommandLineFixture.Run([.. line.Split(' ').Select(word => word.Replace("FILE", file, StringComparison.Ordinal).Replace("FOLDER", folder, StringComparison.Ordinal).Replace("RUN", run, StringComparison.Ordinal))]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.StartsWith("error: ", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private static void Done(string[] line)
    {
        var outcome = CommandLineFixture.Run(line);
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
    }

    /// <summary>Stops a command after its first epoch.</summary>
    private static void Stopped(string[] line, RunFolder run)
    {
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!run.HasEpochs)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            await stop.CancelAsync();
        });
        var outcome = CommandLineFixture.Run(line, stop.Token);
        Assert.Equal(CommandLine.Interrupted, outcome.Code);
        Assert.Contains("--resume", outcome.Progress, StringComparison.Ordinal);
    }
}
