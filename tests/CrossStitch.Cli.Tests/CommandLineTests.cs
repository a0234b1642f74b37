using System.Globalization;
using System.Text.Json;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Cli.Tests;

public sealed class CommandLineTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private static readonly string[] Quick = ["--epochs", "1", "--batch-size", "16", "--threads", "1"];

    [Theory]
    [InlineData]
    [InlineData("compare")]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("reproduce")]
    [InlineData("report")]
    [InlineData("export")]
    [InlineData("data")]
    [InlineData("data", "inspect")]
    [InlineData("data", "synthesize")]
    public void Every_command_explains_itself(params string[] command)
    {
        var (code, output, _) = CommandLineFixture.Run([.. command, "--help"]);
        Assert.Equal(0, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        if (command is not ([] or ["data"]))
        {
            Assert.Contains($"Examples:\n  crossstitch {string.Join(' ', command)}", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Compare_prints_one_table_and_the_second_time_trains_nothing()
    {
        string[] line = ["compare", "--faces", "32", "--networks", "single,related-cross-stitch", "--auxiliary", "pose,smile", "--seeds", "2", "--out", cli.Folder("compared"), .. Quick];
        var first = CommandLineFixture.Run(line);
        Assert.Equal((0, ""), (first.Code, first.Errors));
        foreach (var part in new[] { "single", "related-cross-stitch-pose+smile", "vs single: overall less the baseline's", "Lowest error" })
        {
            Assert.Contains(part, first.Output, StringComparison.Ordinal);
        }

        var results = File.ReadAllText(Path.Combine(cli.Folder("compared"), "results.json"));
        var written = Directory.GetFiles(cli.Folder("compared"), "final.ckpt", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.Equal(4, written.Count);
        Assert.Equal(0, CommandLineFixture.Run(line).Code);
        Assert.Equal(results, File.ReadAllText(Path.Combine(cli.Folder("compared"), "results.json")));
        Assert.All(written, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void Train_then_evaluate_on_an_archive_agree()
    {
        var run = cli.Folder("trained");
        var trained = CommandLineFixture.Run(["train", "--network", "split", "--data", cli.Archive, "--boxes", cli.Boxes, "--out", run, .. Quick]);
        Assert.Equal((0, ""), (trained.Code, trained.Errors));
        Assert.Single(trained.Progress.Split('\n'), line => line.StartsWith("epoch 1 of 1: landmark error ", StringComparison.Ordinal) && line.EndsWith(" faces/s", StringComparison.Ordinal));
        Assert.DoesNotContain("epoch", trained.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("test faces", trained.Progress, StringComparison.Ordinal);

        var json = cli.Folder("evaluation.json");
        var evaluated = CommandLineFixture.Run("evaluate", run, "--data", cli.Archive, "--boxes", cli.Boxes, "--json", json);
        Assert.Equal(0, evaluated.Code);
        Assert.Contains("box from a detector", evaluated.Output, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json")));
        using var evaluation = JsonDocument.Parse(File.ReadAllText(json));
        Assert.True(JsonElement.DeepEquals(result.RootElement.GetProperty("test"), evaluation.RootElement));

        var taken = CommandLineFixture.Run(["train", "--data", cli.Archive, "--out", run, .. Quick]);
        Assert.Equal(1, taken.Code);
        Assert.Contains("--resume", taken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_writes_the_model_of_a_finished_run()
    {
        var run = cli.Folder("exported");
        Assert.Equal(0, CommandLineFixture.Run(["train", "--network", "cross-stitch", "--auxiliary", "pose", "--faces", "20", "--out", run, .. Quick]).Code);
        var file = Path.Combine(cli.Folder("models"), "faces.xstitch");
        var (code, output, errors) = CommandLineFixture.Run("export", run, "--out", file);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("cross-stitch-pose: landmarks, pose;", output, StringComparison.Ordinal);
        Assert.Equal(["landmarks", "pose"], ModelFile.Load(file).Heads.Select(head => head.Name));

        Assert.Equal(0, CommandLineFixture.Run("export", run).Code);
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(run, "model.xstitch")));
        var nowhere = CommandLineFixture.Run("export", cli.Folder("nowhere"));
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("not the folder of a run", nowhere.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_counts_faces_and_finds_what_is_wrong()
    {
        var good = CommandLineFixture.Run("data", "inspect", cli.Archive);
        Assert.Equal(0, good.Code);
        Assert.Contains("48 valid faces, 0 with a problem", good.Output, StringComparison.Ordinal);

        var folder = cli.Folder("damaged");
        Assert.Equal(0, CommandLineFixture.Run("data", "synthesize", folder, "--training", "5", "--testing", "3").Code);
        File.AppendAllText(Directory.GetFiles(folder, "training.txt", SearchOption.AllDirectories).Single(), "nonsense\r\n");
        var bad = CommandLineFixture.Run("data", "inspect", folder);
        Assert.Equal(1, bad.Code);
        Assert.Contains("training.txt, line 6", bad.Output, StringComparison.Ordinal);
        var refused = CommandLineFixture.Run(["train", "--data", folder, "--out", cli.Folder("never"), .. Quick]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("--skip-invalid", refused.Errors, StringComparison.Ordinal);
        Assert.Single(refused.Errors.TrimEnd().Split('\n'));
        Assert.Equal(0, CommandLineFixture.Run(["train", "--network", "single", "--data", folder, "--skip-invalid", "--validation", "0", "--out", cli.Folder("skipped"), .. Quick]).Code);
    }

    [Theory]
    [InlineData("--networks splitt", "'splitt' is not a network")]
    [InlineData("--auxiliary beard", "'beard' is not a set of auxiliary tasks")]
    [InlineData("--seeds 0", "--seeds is 0")]
    [InlineData("--epochs 0", "Epochs is 0")]
    [InlineData("--validation 2", "set aside for validation is 2")]
    [InlineData("--boxes x.csv", "--data")]
    [InlineData("--data /nowhere.zip", "/nowhere.zip")]
    public void A_wrong_option_is_one_clear_line(string options, string expected)
    {
        var (code, _, errors) = CommandLineFixture.Run(["compare", "--faces", "20", "--out", cli.Folder(expected.GetHashCode(StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture)), .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
