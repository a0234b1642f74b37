using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrossStitch.Faces.Reading;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Cli.Tests;

/// <summary>What a report prints below "How to repeat it", run.</summary>
public sealed partial class StudyRepeatTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    private const string Training =
        "--skip-invalid --seeds 1 --epochs 1 --batch-size 16 --optimizer sgd --learning-rate 0.005 --schedule cosine --weight-decay 0.0001 "
        + "--gradient-clip 0.5 --preset best --patience 3 --validation 0.2 --auxiliary-weight 0.01 --balance pose=0.5,smile --relation-weight 0.02 --penalty squared --stitch-rate 2 --relation-rate 3 "
        + "--stitch-same 0.8 --stitch-other 0.2 --stitch-per-layer --no-augmentation --engine kernels --average 0.9 --labels 0.9 --threads 1";

    [Theory]
    [InlineData("reproduce", "--questions none", 21)]
    [InlineData("compare", "--networks single,related-cross-stitch --auxiliary pose,smile", 2)]
    public void The_command_that_a_report_prints_repeats_its_study(string command, string options, int runs)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "The command is for a POSIX shell.");
        var study = cli.Folder($"somebody's {command}");
        var boxes = cli.Folder("found boxes.txt");
        File.Copy(cli.Boxes, boxes, overwrite: true);
        var first = cli.Folder("first look.xstitch");
        ModelFile.Save(FaceReader.Default.Model, first);
        Done([command, "--data", cli.Archive, "--boxes", boxes, "--first-look", first, "--out", study, .. $"{options} {Training}".Split(' ')]);
        Done(["report", study]);

        var commands = Commands(study);
        var words = Words(commands[0]);
        Assert.Equal(["crossstitch", command], words[..2]);
        Assert.Equal(study, words[^1]);
        var again = cli.Folder($"{command} again");
        words[^1] = again;
        Done(words[1..]);

        Assert.Equal(File.ReadAllText(Path.Combine(study, "results.json")), File.ReadAllText(Path.Combine(again, "results.json")));
        var recipes = Directory.GetFiles(study, "recipe.json", SearchOption.AllDirectories);
        Assert.Equal(runs, recipes.Length);
        Assert.All(recipes, recipe => Assert.Equal(File.ReadAllText(recipe), File.ReadAllText(Path.Combine(again, Path.GetRelativePath(study, recipe)))));
        Assert.Equal(["crossstitch", "report", study], Words(commands[1]));

        // An option that is new to the command belongs into the one that repeats it.
        string[] ofNoEffect = ["--parallel", "--fresh", "--redo-damaged", "--study", "--on", "--partition", "--time", "--cpus", "--array-limit", "--max-requeues", "--runs-per-task", "--wait", "--help", "--version", "--verbose"];
        string[] onDrawnFaces = ["--faces"];
        var known = Option().Matches(CommandLineFixture.Run(command, "--help").Output).Select(option => option.Groups[1].Value).Distinct();
        Assert.Equal(known.Except(ofNoEffect).Except(onDrawnFaces).Order(), words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("first-look")]
    [InlineData("best")]
    public void A_preset_is_repeated_with_its_towers_and_its_way_to_vary_faces(string preset)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "The command is for a POSIX shell.");
        var study = cli.Folder($"preset {preset}");
        Done(["compare", "--data", cli.Archive, "--boxes", cli.Boxes, "--preset", preset, "--networks", "single", "--epochs", "1", "--threads", "1", "--seeds", "1", "--out", study]);
        Done(["report", study]);
        var commands = Commands(study);
        Assert.Equal(2, commands.Length);
        var words = Words(commands[0]);
        words[^1] = cli.Folder($"preset {preset} again");
        Done(words[1..]);
        Assert.Equal(File.ReadAllText(Path.Combine(study, "results.json")), File.ReadAllText(Path.Combine(words[^1], "results.json")));
    }

    [Theory]
    [InlineData("--networks split --auxiliary each", 5)]
    [InlineData("--networks single", 1)]
    [InlineData("--networks all --auxiliary all", 5)]
    public void A_comparison_is_repeated_with_the_same_networks_and_auxiliary_sets(string options, int runs)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "The command is for a POSIX shell.");
        var study = cli.Folder($"compared {options}");
        Done(["compare", "--faces", "20", "--out", study, .. $"{options} --epochs 1 --threads 1".Split(' ')]);
        Done(["report", study]);
        var words = Words(Commands(study)[0]);
        var again = words[^1] = cli.Folder($"compared again {options}");
        Done(words[1..]);
        Assert.Equal(File.ReadAllText(Path.Combine(study, "results.json")), File.ReadAllText(Path.Combine(again, "results.json")));
        Assert.Equal(runs, Directory.GetFiles(again, "result.json", SearchOption.AllDirectories).Length);
    }

    private static void Done(string[] line)
    {
        var outcome = CommandLineFixture.Run(line);
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
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
