using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using Spectre.Console;

namespace CrossStitch.Cli;

/// <summary>Where a command writes. Whatever text comes from files goes there as <see cref="CleanRendering"/> lets it.</summary>
internal sealed class Terminal
{
    /// <summary>Characters in a line of a file or a pipe, which has no width: nothing is broken for one.</summary>
    private const int Unbroken = 10_000;

    /// <summary>Writes to two consoles.</summary>
    /// <param name="results">Where results go.</param>
    /// <param name="progress">Where progress goes.</param>
    public Terminal(IAnsiConsole results, IAnsiConsole progress)
    {
        (Results, Progress) = (results, progress);
        results.Pipeline.Attach(new CleanRendering());
        progress.Pipeline.Attach(new CleanRendering());
    }

    /// <summary>What was asked for: tables, verdicts, measured figures. A program reads it, so nothing else goes there.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>What a person watches meanwhile: bars, epochs, notes.</summary>
    public IAnsiConsole Progress { get; }

    /// <summary>Opens standard input: what a program before this one writes.</summary>
    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;

    /// <summary>The process's standard output and standard error.</summary>
    public static Terminal OfProcess() => new(
        Open(GuardedWriter.ForResults(Console.Out), Console.IsOutputRedirected),
        Open(GuardedWriter.ForProgress(Console.Error), Console.IsErrorRedirected));

    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var colourless = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = colourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,

            // Left to itself, Spectre takes redirected results for a reason to show no progress.
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Yes,

            // Build servers would turn colours on in their logs.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = !redirected },
        });
        if (redirected)
        {
            console.Profile.Width = Unbroken;
        }

        return console;
    }
}
