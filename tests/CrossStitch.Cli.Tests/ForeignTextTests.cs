using System.Text.Json.Nodes;

namespace CrossStitch.Cli.Tests;

/// <summary>Damaged runs and texts of others, as whoever types a command meets them.</summary>
public sealed class ForeignTextTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private const string Hostile = "\e[2J\u202Eevil\u0007";

    private static readonly string[] Quick = ["--faces", "20", "--epochs", "2", "--batch-size", "16", "--threads", "1"];

    [Fact]
    public void An_error_shows_what_others_wrote_as_text_on_one_line_of_some_length()
    {
        var recipe = cli.Folder("hostile.json");
        var network = JsonValue.Create(Hostile + new string('x', 7000)).ToJsonString();
        File.WriteAllText(recipe, $"{{\"version\": 2, \"network\": {network}, \"groups\": [{{\"name\": \"a\", \"tasks\": {{\"landmarks\": 1}}}}], \"data\": {{\"source\": \"drawn\"}}}}");
        var outcome = CommandLineFixture.Run("train", "--recipe", recipe, "--out", cli.Folder("never"));
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains(@"'\u001B[2J\u202Eevil\u0007xxx", outcome.Errors, StringComparison.Ordinal);
        RequireClean(outcome);
        Assert.InRange(outcome.Errors.Length, 7000, 10_100);
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_study_with_a_damaged_run_is_reported_without_it_and_done_again_when_asked()
    {
        var study = cli.Folder("study");
        string[] line = ["compare", "--networks", "single,split", "--auxiliary", "smile", "--out", study, .. Quick];
        Assert.Equal(0, CommandLineFixture.Run(line).Code);
        var results = File.ReadAllText(Path.Combine(study, "results.json"));
        File.WriteAllText(Path.Combine(study, "single-seed1", "result.json"), $"{{\"{Hostile}\": 1}}");
        File.WriteAllText(Path.Combine(study, "single-seed1", "failure.txt"), Hostile + new string('x', 900_000));

        var report = CommandLineFixture.Run("report", study);
        Assert.Equal(0, report.Code);
        Assert.Contains("1 of 2 runs have finished", report.Output, StringComparison.Ordinal);
        Assert.Contains("single, seed 1, is left out, for a file is damaged: single-seed1/result.json(1): not a result", report.Progress.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("--redo-damaged", report.Progress, StringComparison.Ordinal);
        RequireClean(report);

        var again = CommandLineFixture.Run(line);
        Assert.Equal(1, again.Code);
        RequireClean(again);
        Assert.Equal(0, CommandLineFixture.Run([.. line, "--redo-damaged"]).Code);
        Assert.Equal(results, File.ReadAllText(Path.Combine(study, "results.json")));
        Assert.True(File.Exists(Path.Combine(study, "single-seed1.damaged1", "result.json")));

        File.Delete(Path.Combine(study, "single-seed1", "result.json"));
        File.WriteAllText(Path.Combine(study, "single-seed1", "failure.txt"), Hostile + new string('x', 900_000));
        var failed = CommandLineFixture.Run("report", study);
        Assert.Contains(@"single, seed 1, failed: \u001B[2J\u202Eevil\u0007xxx", failed.Progress.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.InRange(failed.Progress.Length, 2000, 4000);
        RequireClean(failed);
    }

    [Fact]
    public void A_plan_that_would_write_elsewhere_is_refused()
    {
        var study = cli.Folder("elsewhere");
        Assert.Equal(0, CommandLineFixture.Run(["compare", "--networks", "single", "--out", study, .. Quick]).Code);
        var path = Path.Combine(study, "study.json");
        var plan = JsonNode.Parse(File.ReadAllText(path))!;
        plan["questions"] = new JsonArray(new JsonObject { ["id"] = $"../../{Hostile}", ["title"] = "", ["asks"] = "", ["variants"] = new JsonArray("single") });
        File.WriteAllText(path, plan.ToJsonString());
        var report = CommandLineFixture.Run("report", study);
        Assert.Equal(1, report.Code);
        Assert.Contains("is no name of a question", report.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(study, "figures")));
        RequireClean(report);
    }

    [Fact]
    public void A_run_whose_metrics_lack_epochs_says_so_when_it_is_taken_up_again()
    {
        var run = cli.Folder("gap");
        Assert.Equal(0, CommandLineFixture.Run(["train", "--network", "split", "--out", run, .. Quick]).Code);
        Assert.DoesNotContain("warning", CommandLineFixture.Run("train", "--resume", run).Progress, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), "");
        var outcome = CommandLineFixture.Run("train", "--resume", run);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("warning: ", outcome.Progress, StringComparison.Ordinal);
        Assert.Contains("of the 2 epochs that were trained, 0 are there whole", outcome.Progress.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>Nothing that a terminal would obey, nor what turns letters round.</summary>
    private static void RequireClean(CommandOutcome outcome) => Assert.All(
        [outcome.Output, outcome.Errors, outcome.Progress],
        text => Assert.DoesNotContain(text, character => (char.IsControl(character) && character is not ('\n' or '\r')) || character == '\u202E'));
}
