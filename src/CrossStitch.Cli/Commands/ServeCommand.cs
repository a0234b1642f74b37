using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using CrossStitch.Cli.Options;
using CrossStitch.Cli.Serving;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Web.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch serve</c>: a page and an API, for people and programs on this machine or others.</summary>
internal static class ServeCommand
{
    private const int MostWorkers = 256;
    private const int BytesOfToken = 16;
    private const string NoToken = "none";

    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var urls = PathOption.Create("--urls", "addresses", "Where to listen, joined by semicolons. Other machines reach it at http://0.0.0.0:5080, and then need the token.", new FacesServerOptions().Urls);
        var token = PathOption.Create("--token", "text", $"What requests must show; '{NoToken}' for nothing, which lets in whoever reaches it. [default: nothing on this machine itself, otherwise a new one, which is printed]");
        var runs = PathOption.Create("--runs", "folder", "A run's or study's folder, of which the page shows live curves and the report.");
        var finder = PathOption.Create("--finder", "file", "The network that finds faces, as faces train-finder leaves it. [default: the one that comes with the program]");
        var model = PathOption.Create("--model", "file", "The network that reads them, an .xstitch file as export saves it. [default: the one that comes with the program]");
        var secondLook = PathOption.Create("--second-look", "file", "The network that looks at every face again, as --preset best trains it. [default: the one that comes with the program; none beside a --model]");
        var threads = NumberOption.Whole("--threads", "n", "Photos that are worked on at the same time.", Math.Min(Environment.ProcessorCount, MostWorkers), 1, MostWorkers);
        var log = new Option<string>("--log") { Description = "What is logged on standard error: nothing, a line a photo, or the same as JSON.", HelpName = "form", DefaultValueFactory = _ => "none" };
        log.AcceptOnlyFromAmong("none", "text", "json");
        var command = new CommandWithExamples("serve", "Opens a page that finds and reads the faces of your photos, and the same as an HTTP API. Nothing leaves the machine.")
        {
            Examples =
            [
                ("crossstitch serve", "Then open http://127.0.0.1:5080 and drop a photo."),
                ("curl --data-binary @photo.jpg http://127.0.0.1:5080/v1/analyze", "The same for programs; /v1/openapi.json describes it all."),
                ("crossstitch serve --runs runs/study", "And the curves of what is being trained."),
                ("crossstitch serve --urls http://0.0.0.0:5080", "For other machines too, with a token that is printed."),
            ],
        };
        foreach (var option in new Option[] { urls, token, runs, finder, model, secondLook, threads, log })
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellation) => Serve(
            terminal,
            new FacesServerOptions
            {
                Urls = arguments.GetValue(urls)!,
                Runs = arguments.GetValue(runs) is { } folder ? new RunsFolder(folder, catalog) : null,
                Logging = Log(arguments.GetValue(log)!),
            },
            arguments.GetValue(token),
            faces =>
            {
                (faces.FinderFile, faces.ModelFile, faces.SecondLookFile) = (arguments.GetValue(finder), arguments.GetValue(model), arguments.GetValue(secondLook));
                (faces.Workers, faces.Waiting) = (arguments.GetValue(threads), 2 * arguments.GetValue(threads));
            },
            cancellation));
        return command;
    }

    private static async Task<int> Serve(Terminal terminal, FacesServerOptions options, string? given, Action<Web.FacesOptions> configure, CancellationToken cancellation)
    {
        try
        {
            NativeMemory.GiveBackLargeBlocks();
            var isLocal = ServerUrls.AreLocal(ServerUrls.Parse(options.Urls));
            var token = given ?? (isLocal ? NoToken : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BytesOfToken)));
            await using var server = FacesServer.Create(options with
            {
                Faces = faces =>
                {
                    configure(faces);
                    faces.Token = token == NoToken ? null : token;
                },
            });
            await server.StartAsync(cancellation);
            foreach (var url in server.Urls)
            {
                terminal.Progress.MarkupLineInterpolated($"Open {Shown(url)}{(token == NoToken ? "" : $"/#token={token}")}");
            }

            terminal.Progress.WriteLine(isLocal ? "Photos stay on this machine. Ctrl-C ends it." : "On other machines, with this one's name instead of localhost. Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            terminal.Progress.WriteLine("Ending: requests in flight are finished.");
            await server.StopAsync(CancellationToken.None);
            return 0;
        }
        catch (ArgumentException error)
        {
            throw new CrossStitchException(error.Message, error);
        }
        catch (SocketException error)
        {
            throw new CrossStitchException($"{options.Urls}: cannot listen there: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>An address that a browser can open.</summary>
    private static string Shown(string url) => url.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);

    /// <summary>On standard error: standard output is for results.</summary>
    private static Action<ILoggingBuilder>? Log(string form) => form == "none" ? null : logging =>
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (form == "json")
        {
            logging.AddJsonConsole();
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        }
    };
}
