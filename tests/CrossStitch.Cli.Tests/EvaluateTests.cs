namespace CrossStitch.Cli.Tests;

/// <summary>Which faces a run is measured on.</summary>
public sealed class EvaluateTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private static readonly string[] Quick = ["--network", "split", "--epochs", "1", "--batch-size", "16", "--threads", "1"];

    [Fact]
    public void A_run_is_measured_on_its_own_test_faces_unless_others_are_named()
    {
        var drawn = Trained("own-drawn", "--faces", "30");
        var own = Evaluated(drawn);
        Assert.Contains("15 faces", own.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("seen", own.Output, StringComparison.Ordinal);
        Assert.Contains("box as drawn", own.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("detector", own.Output, StringComparison.Ordinal);

        var archive = Trained("own-archive", "--data", cli.Archive, "--boxes", cli.Boxes);
        Assert.Contains("24 faces", Evaluated(archive).Output, StringComparison.Ordinal);
        Assert.Contains("12 faces", Evaluated(archive, "--faces", "12").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Faces_that_a_run_trained_on_are_refused_or_said_in_the_first_line()
    {
        var run = Trained("seen", "--data", cli.Archive, "--boxes", cli.Boxes);
        var onPurpose = Evaluated(run, "--split", "training");
        Assert.StartsWith("The run has seen 48 of these 48 faces", onPurpose.Output, StringComparison.Ordinal);

        // The same faces as somebody else's test faces, in boxes of another kind.
        var others = cli.Folder("others");
        Assert.Equal(0, CommandLineFixture.Run("data", "synthesize", others, "--training", "0", "--testing", "60", "--seed", "3").Code);
        var refused = CommandLineFixture.Run("evaluate", run, "--data", others);
        Assert.Equal(1, refused.Code);
        Assert.Contains("48 of these 60 faces were seen", refused.Errors, StringComparison.Ordinal);
        Assert.StartsWith("The run has seen 48 of these 60 faces", Evaluated(run, "--data", others, "--allow-training-faces").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_list_of_training_faces_is_an_error_that_names_it()
    {
        var run = Trained("damaged-list", "--faces", "30");
        var list = Path.Combine(run, "training-faces.ids");
        File.WriteAllBytes(list, []);
        var refused = CommandLineFixture.Run("evaluate", run);
        Assert.Equal(1, refused.Code);
        Assert.StartsWith($"error: {list}: damaged", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_says_where_the_boxes_of_drawn_faces_go() =>
        Assert.Contains("faces.boxes.csv next to faces.zip", CommandLineFixture.Run("data", "synthesize", "--help").Output, StringComparison.Ordinal);

    [Fact]
    public void Drawn_faces_to_measure_on_are_new_ones()
    {
        var run = Trained("many-drawn", "--faces", "60");
        Assert.DoesNotContain("seen", Evaluated(run, "--faces", "20").Output, StringComparison.Ordinal);
        Assert.Contains("--split does not go with --faces", CommandLineFixture.Run("evaluate", run, "--faces", "20", "--split", "training").Errors, StringComparison.Ordinal);
    }

    private string Trained(string name, params string[] data)
    {
        var outcome = CommandLineFixture.Run(["train", "--out", cli.Folder(name), .. Quick, .. data]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        return cli.Folder(name);
    }

    private static CommandOutcome Evaluated(string run, params string[] options)
    {
        var outcome = CommandLineFixture.Run(["evaluate", run, .. options]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        return outcome;
    }
}
