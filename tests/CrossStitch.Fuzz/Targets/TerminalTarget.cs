using CrossStitch.Cli;
using CrossStitch.Cli.Errors;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;
using Spectre.Console;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Whole commands on damaged files: they end with a result, or with one short line that says what is wrong.</summary>
internal sealed class TerminalTarget : FolderTarget
{
    private const int LongestLine = 4000;

    private readonly Catalog _catalog = CommandCatalog.Create();

    /// <summary>Keeps the user's own cache out of it.</summary>
    /// <param name="scratch">A folder for files.</param>
    public TerminalTarget(string scratch)
        : base(scratch) => Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(scratch, "cache"));

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Documented { get; } = [typeof(RefusedException)];

    /// <inheritdoc/>
    protected override void Fill()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "faces.zip"), SampleArchive.Zip(SampleArchive.Files()));
        File.WriteAllText(Path.Combine(Folder, "boxes.csv"), SampleArchive.Boxes());
        var run = new RunFolder(Path.Combine(Folder, "run"), _catalog);
        SampleStudy.WriteRun(run, SampleRecipe.Of(_catalog), SampleFaces.Labels(SampleFaces.Whole(6)));
        SeenFaces.Of(SampleFaces.Whole(12)).Save(Path.Combine(run.FullPath, SeenFaces.FileName));
        Command("data", "synthesize", Path.Combine(Folder, "drawn"), "--training", "2", "--testing", "1");
    }

    /// <inheritdoc/>
    protected override bool IsChanged(string name) => name is not ("run/metrics.jsonl" or "run/predictions.json" or "run/scores.csv") && !name.EndsWith(".jpg", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override void Use(FuzzInput input)
    {
        if (input.Name.StartsWith("drawn/", StringComparison.Ordinal))
        {
            Command("data", "synthesize", Path.Combine(Folder, "drawn"), "--training", "2", "--testing", "1");
        }
        else if (input.Name is "faces.zip" or "boxes.csv")
        {
            Command("data", "inspect", Path.Combine(Folder, "faces.zip"), "--boxes", Path.Combine(Folder, "boxes.csv"), "--all-problems");
        }
        else if (input.Name == "run/training-faces.ids")
        {
            Command("evaluate", Path.Combine(Folder, "run"), "--allow-training-faces");
        }
        else
        {
            Command("export", Path.Combine(Folder, "run"), "--out", Path.Combine(Folder, "model.xstitch"));
        }
    }

    private void Command(params string[] words)
    {
        using var results = new StringWriter();
        using var progress = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.RunAsync(words, new Terminal(Open(GuardedWriter.ForResults(results)), Open(GuardedWriter.ForProgress(progress))), GuardedWriter.ForProgress(errors), _catalog).GetAwaiter().GetResult();
        var (said, command) = (errors.ToString(), words[0] == "data" ? $"data {words[1]}" : words[0]);
        var all = $"{results}\n{progress}\n{said}";
        BrokenPromiseException.Unless(!said.Contains("CrossStitch itself has failed", StringComparison.Ordinal), $"'{command}' fails itself", all);
        BrokenPromiseException.Unless(said.Length <= LongestLine && said.TrimEnd('\n').IndexOf('\n') < 0, $"'{command}' says an error in more than a line", all);
        BrokenPromiseException.Unless(!HiddenText.IsIn(all), $"'{command}' shows control characters", all);
        if (code != 0)
        {
            throw new RefusedException(all);
        }
    }

    private static IAnsiConsole Open(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });

    /// <summary>A command has ended with an error, or with something wrong in what it looked at.</summary>
    /// <param name="message">What it said.</param>
    private sealed class RefusedException(string message) : Exception(message);
}
