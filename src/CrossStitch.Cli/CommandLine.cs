using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CrossStitch.Cli.Commands;
using CrossStitch.Cli.Errors;
using CrossStitch.Experiments.Catalogs;

namespace CrossStitch.Cli;

/// <summary>The <c>crossstitch</c> command: parses, runs, and turns errors into one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Exit code of a command that was stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Exit code of a worker that has saved and ended before its work was done (EX_TEMPFAIL): start it again.</summary>
    public const int NotFinished = 75;

    /// <summary>A path that begins with @ is a path: no file of arguments is read.</summary>
    internal static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="terminal">Where results and progress go.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="catalog">What recipes name.</param>
    /// <param name="cancellation">Stops it, as Ctrl-C does.</param>
    /// <returns>0, 1 after an error, <see cref="Interrupted"/> or <see cref="NotFinished"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, TextWriter errors, Catalog catalog, CancellationToken cancellation = default)
    {
        errors = new CleanWriter(errors);

        // A step of training takes a moment to end; without patience, the process would be killed before it has.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            Output = terminal.Results.Profile.Out.Writer,
            Error = errors,
        };
        var verbose = new Option<bool>("--verbose") { Description = "Where something fails, also print what a developer needs to see.", Recursive = true };
        try
        {
            var command = Root(terminal, catalog);
            command.Add(verbose);
            var parsed = command.Parse(args, Parsing);
            if (parsed.Action is not ParseErrorAction)
            {
                return await parsed.InvokeAsync(configuration, cancellation);
            }

            if (ParseErrors.OnlyCommandMissing(parsed))
            {
                return await command.Parse([.. args, "--help"], Parsing).InvokeAsync(configuration, cancellation);
            }

            throw new CrossStitchException(ParseErrors.Describe(parsed));
        }
        catch (OperationCanceledException stop)
        {
            await errors.WriteLineAsync(stop.InnerException is null ? "Stopped." : $"Stopped. {ErrorLine.Of(stop)}");
            return Interrupted;
        }
        catch (Exception error)
        {
            // Whatever a user or a machine can cause is a line; so is what is our own fault, with where to report it.
            await errors.WriteLineAsync($"error: {ErrorLine.Of(error)}");
            if (args.Contains(verbose.Name))
            {
                await errors.WriteLineAsync(error.ToString());
            }

            return 1;
        }
    }

    internal static Command Root(Terminal terminal, Catalog catalog) =>
        new("crossstitch", "Trains and compares multi-task networks that find five landmarks and four attributes on faces.")
        {
            CompareCommand.Create(terminal, catalog),
            ReproduceCommand.Create(terminal, catalog),
            TrainCommand.Create(terminal, catalog),
            EvaluateCommand.Create(terminal, catalog),
            ReportCommand.Create(terminal, catalog),
            StatusCommand.Create(terminal, catalog),
            CollectCommand.Create(terminal, catalog),
            CancelCommand.Create(terminal, catalog),
            WorkCommand.Create(terminal, catalog),
            ExportCommand.Create(terminal, catalog),
            AnalyzeCommand.Create(terminal),
            ServeCommand.Create(terminal, catalog),
            new Command("data", "Looks at faces, or draws some.")
            {
                DataInspectCommand.Create(terminal),
                DataSynthesizeCommand.Create(terminal),
            },
            new Command("faces", "Trains and measures what finds and reads faces in photos.")
            {
                FacesBuildCommand.Create(terminal, catalog),
                FacesTrainFinderCommand.Create(terminal),
                FacesFindBoxesCommand.Create(terminal),
                FacesMeasureCommand.Create(terminal),
            },
            new HelpOption { Recursive = true, Action = new HelpWithExamples(new HelpAction()) },
            new VersionOption(),
        };
}
