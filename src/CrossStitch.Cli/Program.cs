using CrossStitch.Cli;
using Spectre.Console;

// A file or a pipe has no width: tables are not broken for one.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 160;
}

return await CommandLine.RunAsync(args, AnsiConsole.Console, Console.Error);
