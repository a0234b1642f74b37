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
    [InlineData("analyze")]
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
        foreach (var part in new[] { "single", "related-cross-stitch-pose+smile", "vs single: mean error less the baseline's", "Lowest mean error" })
        {
            Assert.Contains(part, first.Output, StringComparison.Ordinal);
        }

        var results = File.ReadAllText(Path.Combine(cli.Folder("compared"), "results.json"));
        var written = Directory.GetFiles(cli.Folder("compared"), "final.ckpt", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.Equal(4, written.Count);
        Assert.Equal(0, CommandLineFixture.Run(line).Code);
        Assert.Equal(results, File.ReadAllText(Path.Combine(cli.Folder("compared"), "results.json")));
        Assert.Equal((0, ""), CommandLineFixture.Run("report", cli.Folder("compared")) is var report ? (report.Code, report.Errors) : default);
        Assert.True(File.Exists(Path.Combine(cli.Folder("compared"), "report.html")));
        Assert.All(written, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void Train_then_evaluate_on_an_archive_agree()
    {
        var run = cli.Folder("trained");
        var trained = CommandLineFixture.Run(["train", "--network", "split", "--data", cli.Archive, "--boxes", cli.Boxes, "--out", run, .. Quick]);
        Assert.Equal((0, ""), (trained.Code, trained.Errors));
        Assert.Single(trained.Output.Split('\n'), line => line.StartsWith("epoch 1 of 1: mean error ", StringComparison.Ordinal) && line.EndsWith(" faces/s", StringComparison.Ordinal));
        Assert.DoesNotContain("epoch", trained.Progress, StringComparison.Ordinal);
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
        Assert.Contains("holds a run that has ended", taken.Errors, StringComparison.Ordinal);
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
        Assert.Contains("Input, float [batch, 1, 40, 40]: the square-detector-box of a picture", output, StringComparison.Ordinal);
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
        Assert.Contains("The finder in the package: ", CommandLineFixture.Run("data", "inspect", cli.Archive, "--boxes", "find").Output, StringComparison.Ordinal);

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
    [InlineData("--networks splitt", "'splitt' is not a network", "Did you mean 'split'?")]
    [InlineData("--auxiliary smiel", "'smiel' is not a set of auxiliary tasks", "Did you mean 'smile'?")]
    [InlineData("--seeds 0", "--seeds is 0", "from 1 to 1000")]
    [InlineData("--epochs 0", "--epochs is 0", "from 1 to 1000000")]
    [InlineData("--epochs many", "--epochs is 'many', which is not a whole number")]
    [InlineData("--epochs 1,000", "--epochs is '1,000': write a whole number")]
    [InlineData("--epochs 99999999999", "--epochs is 99999999999; it must be a whole number from 1 to")]
    [InlineData("--learning-rate 0,01", "--learning-rate is '0,01'", "0.01")]
    [InlineData("--learning-rate NaN", "--learning-rate is NaN")]
    [InlineData("--learning-rate 0", "LearningRate is 0")]
    [InlineData("--threads -1", "--threads is -1")]
    [InlineData("--threads 100000", "--threads is 100000")]
    [InlineData("--faces 700000", "--faces is 700000")]
    [InlineData("--validation 2", "--validation is 2")]
    [InlineData("--optimizer adan", "--optimizer is 'adan'", "Did you mean 'adam'?")]
    [InlineData("--boxes x.csv", "--boxes: there is no x.csv")]
    [InlineData("--skip-invalid", "--skip-invalid", "--data")]
    [InlineData("--data /nowhere.zip", "there is no /nowhere.zip")]
    [InlineData("--epoch 3", "--epoch is not an option of crossstitch compare", "Did you mean '--epochs'?")]
    [InlineData("--epochs", "--epochs needs a value")]
    [InlineData("what", "'what' has no place here")]
    [InlineData("--networks single --auxiliary smile", "--auxiliary has no effect")]
    [InlineData("--networks single,split --stitch-rate 2", "--stitch-rate has no effect here: only cross-stitch, related-cross-stitch have cross-stitch units")]
    [InlineData("--networks split --penalty squared", "--penalty has no effect")]
    [InlineData("--engine kernel", "--engine is 'kernel'; there are auto, kernels.", "Did you mean 'kernels'?")]
    [InlineData("--engine torch", "--engine is 'torch', which is not in this program", "src/CrossStitch.Cli.Torch")]
    public void A_wrong_option_is_one_clear_line(string options, params string[] expected)
    {
        var (code, output, errors) = CommandLineFixture.Run(["compare", "--out", cli.Folder("wrong"), .. options.Split(' ')]);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("System.", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(cli.Folder("wrong")));
    }

    [Theory]
    [InlineData("trian", "'trian' is not a command of crossstitch", "Did you mean 'train'?")]
    [InlineData("data inspekt x", "'inspekt' is not a command of crossstitch data", "Did you mean 'inspect'?")]
    [InlineData("export", "crossstitch export needs <run>")]
    [InlineData("train --network splt", "Did you mean 'split'?")]
    [InlineData("train --network single --auxiliary smile", "--auxiliary has no effect")]
    [InlineData("train --data faces.zip --faces 20", "--data: there is no faces.zip")]
    [InlineData("train --recipe nowhere.json", "nowhere.json: the recipe cannot be read: there is no such file")]
    [InlineData("train --resume nowhere --epochs 3", "--epochs does not go with --resume")]
    [InlineData("reproduce --parallel 0", "--parallel is 0")]
    [InlineData("reproduce --questions two-tower", "Did you mean 'two-towers'?")]
    [InlineData("data synthesize x.zip --training 2147483648", "--training is 2147483648")]
    [InlineData("data inspect @nowhere.zip", "@nowhere.zip")]
    public void A_wrong_command_line_is_one_clear_line(string line, params string[] expected)
    {
        var (code, output, errors) = CommandLineFixture.Run(line.Split(' '));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, errors, StringComparison.Ordinal));
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("train", "--out")]
    [InlineData("train", "--data")]
    [InlineData("train", "--boxes")]
    [InlineData("train", "--resume")]
    [InlineData("train", "--recipe")]
    [InlineData("train", "--auxiliary")]
    [InlineData("train", "--epochs")]
    [InlineData("compare", "--networks")]
    [InlineData("compare", "--out")]
    [InlineData("reproduce", "--out")]
    [InlineData("reproduce", "--questions")]
    [InlineData("evaluate")]
    [InlineData("export")]
    [InlineData("report")]
    [InlineData("data", "inspect")]
    [InlineData("data", "synthesize")]
    public void An_empty_value_as_a_shell_variable_gives_it_is_named(params string[] line)
    {
        var (code, _, errors) = CommandLineFixture.Run([.. line, ""]);
        Assert.Equal(1, code);
        Assert.Contains("is empty; is a shell variable not set?", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData]
    [InlineData("data")]
    public void A_command_of_commands_alone_shows_its_help(params string[] line)
    {
        var (code, output, errors) = CommandLineFixture.Run(line);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Commands:", output, StringComparison.Ordinal);
    }
}
