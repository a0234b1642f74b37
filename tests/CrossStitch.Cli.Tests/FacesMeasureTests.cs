using System.Text.Json;

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
