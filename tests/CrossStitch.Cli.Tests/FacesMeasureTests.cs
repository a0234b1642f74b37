using System.Text.Json;
using CrossStitch.Faces.Reading;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Cli.Tests;

/// <summary><c>crossstitch faces measure</c> on a small archive.</summary>
public sealed class FacesMeasureTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    [Fact]
    public void It_measures_by_three_protocols_as_a_table_and_as_json()
    {
        var table = CommandLineFixture.Run("faces", "measure", "--data", cli.Archive, "--boxes", cli.Boxes);
        Assert.Equal((0, ""), (table.Code, table.Errors));
        foreach (var row in new[] { "a detector's", "from the true points", "whole picture alone", "By the true pose" })
        {
            Assert.Contains(row, table.Output, StringComparison.Ordinal);
        }

        var json = CommandLineFixture.Run("faces", "measure", "--data", cli.Archive, "--json");
        using var measures = JsonDocument.Parse(json.Output);
        Assert.Equal(["detector", "landmarks", "whole-picture"], measures.RootElement.EnumerateArray().Select(measure => measure.GetProperty("protocol").GetString()));
        Assert.All(measures.RootElement.EnumerateArray(), measure =>
        {
            Assert.InRange(measure.GetProperty("error").GetDouble(), 0.001, 10);
            Assert.InRange(measure.GetProperty("balancedAccuracy").GetProperty("glasses").GetDouble(), 0, 1);
        });
    }

    [Fact]
    public void What_is_missing_or_wrong_is_one_line()
    {
        Refused("--data is missing");
        Refused("name it as the second look, beside the model of the first", "--data", cli.Archive, "--model", Second());
        Refused("nothing.xstitch", "--data", cli.Archive, "--second-look", "nothing.xstitch");

        static void Refused(string why, params string[] options)
        {
            var outcome = CommandLineFixture.Run(["faces", "measure", .. options]);
            Assert.NotEqual(0, outcome.Code);
            Assert.Contains(why, outcome.Errors, StringComparison.Ordinal);
            Assert.Single(outcome.Errors.Trim().Split('\n'));
        }
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("best")]
    public void A_run_is_measured_on_other_faces_as_it_sees_its_own(string preset)
    {
        var run = cli.Folder($"seen-{preset}");
        Assert.Equal(0, CommandLineFixture.Run("train", "--preset", preset, "--epochs", "1", "--threads", "1", "--data", cli.Archive, "--boxes", cli.Boxes, "--out", run).Code);
        var (own, other) = (CommandLineFixture.Run("evaluate", run), CommandLineFixture.Run("evaluate", run, "--data", cli.Archive, "--boxes", cli.Boxes));
        Assert.Equal((0, ""), (other.Code, other.Errors));
        Assert.Equal(own.Output, other.Output);
        Assert.Equal(preset == "best", CommandLineFixture.Run("evaluate", run, "--faces", "12").Errors.Contains("drawn faces have none", StringComparison.Ordinal));
    }

    [Fact]
    public void A_first_look_that_was_moved_is_named_when_the_run_goes_on_or_is_measured()
    {
        var (first, moved, run) = (cli.Folder("first.xstitch"), cli.Folder("moved.xstitch"), cli.Folder("goes-on"));
        ModelFile.Save(FaceReader.Default.Model, first);
        string[] training = ["--preset", "best", "--epochs", "1", "--threads", "1", "--data", cli.Archive, "--boxes", cli.Boxes];
        Assert.Equal(0, CommandLineFixture.Run(["train", .. training, "--first-look", first, "--out", run]).Code);
        File.Move(first, moved);
        foreach (string[] command in new string[][] { ["evaluate", run], ["train", "--resume", run] })
        {
            var refused = CommandLineFixture.Run(command);
            Assert.Contains($"{first}: the network that looks first is not there; say with --first-look where it is now, or in the recipe as secondLook.model.", refused.Errors, StringComparison.Ordinal);
            Assert.Equal(0, CommandLineFixture.Run([.. command, "--first-look", moved]).Code);
        }

        // A preset on top of a recipe brings its own tower.
        var again = cli.Folder("quick-again");
        Assert.Equal((0, ""), CommandLineFixture.Run("train", "--recipe", Path.Combine(run, "recipe.json"), "--preset", "quick", "--epochs", "1", "--out", again) is var outcome ? (outcome.Code, outcome.Errors) : default);
        Assert.Contains($"--first-look {moved}: the networks of this recipe look at the faces' boxes themselves", CommandLineFixture.Run("evaluate", again, "--first-look", moved).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_gives_no_numbers_is_at_fault_and_not_the_archive()
    {
        var (model, file) = (FaceReader.Default.Model, cli.Folder("broken.xstitch"));
        var head = model.Heads[0];
        ModelFile.Save(model with { Heads = [head with { Biases = Enumerable.Repeat(3e38f, head.Outputs).ToArray(), Weights = head.Weights.ToArray().Select(_ => 3e38f).ToArray() }, .. model.Heads.Skip(1)] }, file);
        Assert.Contains("it gives numbers that are not finite", CommandLineFixture.Run("faces", "measure", "--data", cli.Archive, "--boxes", cli.Boxes, "--model", file).Errors, StringComparison.Ordinal);
    }

    /// <summary>A model of a second look, trained for an epoch and exported as a user does it.</summary>
    private string Second()
    {
        var (run, file) = (cli.Folder("second-look"), cli.Folder("second-look.xstitch"));
        Assert.Equal(0, CommandLineFixture.Run("train", "--preset", "best", "--epochs", "1", "--threads", "1", "--data", cli.Archive, "--boxes", cli.Boxes, "--out", run).Code);
        Assert.Equal(0, CommandLineFixture.Run("export", run, "--out", file).Code);
        var analyzed = CommandLineFixture.Run("faces", "measure", "--data", cli.Archive, "--second-look", file, "--json");
        Assert.Equal((0, ""), (analyzed.Code, analyzed.Errors));
        return file;
    }
}
