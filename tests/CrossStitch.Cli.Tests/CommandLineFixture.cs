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

    public string Archive { get; }

    public string Boxes => Directory.GetFiles(_root, "*.csv").Single();

    public string Folder(string name) => Path.Combine(_root, name);

    public static (int Code, string Output, string Errors) Run(params string[] args)
    {
        using var console = new TestConsole();
        console.Profile.Width = 200;
        using var errors = new StringWriter();
        var code = CommandLine.RunAsync(args, console, errors).GetAwaiter().GetResult();
        return (code, console.Output, errors.ToString());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
