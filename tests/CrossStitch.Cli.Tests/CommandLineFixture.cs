using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Runs;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests;

/// <summary>Runs the command line in memory, in a folder that is deleted afterwards, with a small archive of drawn faces.</summary>
public sealed class CommandLineFixture : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-cli-").FullName;

    public CommandLineFixture()
    {
        Archive = Folder("faces.zip");
        Assert.Equal(0, Run("data", "synthesize", Archive, "--training", "48", "--testing", "24", "--seed", "3").Code);
    }

    /// <summary>What the command's recipes can name.</summary>
    public static Catalog Catalog { get; } = CommandCatalog.Create();

    public string Archive { get; }

    public string Boxes => Directory.GetFiles(_root, "faces*.csv").Single();

    public static RunFolder Open(string run) => new(run, Catalog);

    public string Folder(string name) => Path.Combine(_root, name);

    public static CommandOutcome Run(params string[] args) => Run(args, CancellationToken.None);

    public static CommandOutcome Run(string[] args, CancellationToken cancellation)
    {
        using var results = new TestConsole();
        using var progress = new TestConsole();
        results.Profile.Width = progress.Profile.Width = 200;
        using var errors = new StringWriter();
        var code = CommandLine.RunAsync(args, new Terminal(results, progress), errors, CommandCatalog.Create(), cancellation).GetAwaiter().GetResult();
        return new(code, results.Output, errors.ToString(), progress.Output);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
