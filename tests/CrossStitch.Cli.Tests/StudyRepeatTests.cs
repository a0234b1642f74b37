using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CrossStitch.Cli.Tests;

/// <summary>What a report prints below "How to repeat it", run.</summary>
public sealed partial class StudyRepeatTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private const string Options =
        "--skip-invalid --seeds 1 --questions none --epochs 1 --batch-size 16 --optimizer sgd --learning-rate 0.005 --schedule cosine --weight-decay 0.0001 "
        + "--gradient-clip 0.5 --patience 3 --validation 0.2 --auxiliary-weight 0.01 --relation-weight 0.02 --penalty squared --stitch-rate 2 --relation-rate 3 "
        + "--stitch-same 0.8 --stitch-other 0.2 --stitch-per-layer --no-augmentation --engine fused --average 0.9 --threads 1";

    [Fact]
    public void The_command_that_a_report_prints_repeats_its_study()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "The command is for a POSIX shell.");
        var study = cli.Folder("somebody's study");
        var boxes = cli.Folder("found boxes.txt");
        File.Copy(cli.Boxes, boxes, overwrite: true);
        var first = CommandLineFixture.Run(["reproduce", "--data", cli.Archive, "--boxes", boxes, "--out", study, .. Options.Split(' ')]);
        Assert.Equal((0, ""), (first.Code, first.Errors));

        var commands = Commands(study);
        var words = Words(commands[0]);
        Assert.Equal("crossstitch", words[0]);
        Assert.Equal(study, words[^1]);
        var again = cli.Folder("again");
        words[^1] = again;
        var second = CommandLineFixture.Run([.. words.Skip(1)]);
        Assert.Equal((0, ""), (second.Code, second.Errors));

        Assert.Equal(File.ReadAllText(Path.Combine(study, "results.json")), File.ReadAllText(Path.Combine(again, "results.json")));
        var recipes = Directory.GetFiles(study, "recipe.json", SearchOption.AllDirectories);
        Assert.Equal(21, recipes.Length);
        Assert.All(recipes, recipe => Assert.Equal(File.ReadAllText(recipe), File.ReadAllText(Path.Combine(again, Path.GetRelativePath(study, recipe)))));
        Assert.Equal(["crossstitch", "report", study], Words(commands[1]));

        // An option that is new to the command belongs into the one that repeats it.
        string[] ofNoEffect = ["--parallel", "--fresh", "--help", "--version", "--verbose"];
        string[] onDrawnFaces = ["--faces"];
        var known = Option().Matches(CommandLineFixture.Run("reproduce", "--help").Output).Select(option => option.Groups[1].Value).Distinct();
        Assert.Equal(known.Except(ofNoEffect).Except(onDrawnFaces).Order(), words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Order());
    }

    private static string[] Commands(string study) =>
        XDocument.Load(Path.Combine(study, "report.html")).Descendants("pre").Single(pre => pre.Attribute("class")?.Value == "commands").Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The words of a command as a shell has them.</summary>
    private static string[] Words(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\n' {command}"]) { RedirectStandardOutput = true })!;
        var words = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return words.TrimEnd('\n').Split('\n');
    }

    // An option's own line of the help, not one that is named in a description.
    [GeneratedRegex(@"^ +(?:-\S+, )*(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();
}
