using System.CommandLine;
using System.Globalization;
using CrossStitch.Benchmarks.Reports;
using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks.Peers;

/// <summary><c>peers</c>: we and other libraries at the same work.</summary>
internal static class PeersCommand
{
    private static readonly PeersOptions Defaults = new();

    private static readonly Option<int> Rounds = new("--rounds") { Description = "Measurements of each peer at each job.", DefaultValueFactory = _ => Defaults.Rounds, HelpName = "n" };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Seconds of one measurement.", DefaultValueFactory = _ => Defaults.Seconds, HelpName = "s" };
    private static readonly Option<string> Networks = new("--networks") { Description = "Which networks, joined by commas.", DefaultValueFactory = _ => string.Join(',', Defaults.Networks), HelpName = "names" };
    private static readonly Option<string> Threads = new("--threads") { Description = "With how many threads, joined by commas.", DefaultValueFactory = _ => string.Join(',', Defaults.Threads), HelpName = "n,m" };
    private static readonly Option<string?> Data = new("--data") { Description = "Archive in the layout of MTFL, whose training faces are used. [default: drawn faces]", HelpName = "archive" };
    private static readonly Option<string?> Boxes = new("--boxes") { Description = "File with the archive's detected boxes. [default: boxes derived from landmarks]", HelpName = "csv" };
    private static readonly Option<string> Out = new("--out") { Description = "Where the result goes as JSON.", DefaultValueFactory = _ => Defaults.Out, HelpName = "file" };
    private static readonly Option<string?> Markdown = new("--markdown") { Description = "Where it goes as Markdown, such as benchmarks/results.md. [default: the console alone]", HelpName = "file" };

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The program's arguments, of which <c>peers</c> is the first.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var command = new Command("peers", "Measures training and forward passes of every network here, in TorchSharp, in PyTorch and in ONNX Runtime, in alternating rounds of one run.");
        foreach (var option in new Option[] { Rounds, Seconds, Networks, Threads, Data, Boxes, Out, Markdown })
        {
            command.Add(option);
        }

        command.SetAction(parsed => TunedProcess.IsThis ? Compare(parsed) : TunedProcess.Run(arguments));
        return new RootCommand("CrossStitch's benchmarks.") { command }.Parse(arguments).Invoke();
    }

    private static int Compare(ParseResult parsed)
    {
        try
        {
            var options = Read(parsed);
            var report = PeerComparison.Run(options, Console.Error.WriteLine);
            var text = ReportText.Of(report);
            Console.Write(text);
            File.WriteAllText(options.Out, report.ToJson());
            if (options.Markdown is not null)
            {
                File.WriteAllText(options.Markdown, text);
            }

            return 0;
        }
        catch (Exception error) when (error is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static PeersOptions Read(ParseResult parsed)
    {
        var options = new PeersOptions
        {
            Rounds = parsed.GetValue(Rounds),
            Seconds = parsed.GetValue(Seconds),
            Networks = [.. List(parsed.GetValue(Networks)!).Select(Network)],
            Threads = [.. List(parsed.GetValue(Threads)!).Select(ThreadCount).Distinct()],
            Data = parsed.GetValue(Data),
            Boxes = parsed.GetValue(Boxes),
            Out = parsed.GetValue(Out)!,
            Markdown = parsed.GetValue(Markdown),
        };
        return options switch
        {
            { Rounds: < 1 } or { Seconds: not (> 0 and <= 3600) } => throw new CrossStitchException("There is at least 1 round, and a measurement takes more than 0 seconds and at most an hour."),
            { Networks: [] } or { Threads: [] } => throw new CrossStitchException("There is nothing to measure: name at least one network and one number of threads."),
            { Boxes: not null, Data: null } => throw new CrossStitchException("Boxes belong to an archive: give --data with --boxes."),
            _ => options,
        };
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Network(string name) => NetworkWork.Names.Contains(name)
        ? name
        : throw new CrossStitchException($"There is no network '{name}'; there are {string.Join(", ", NetworkWork.Names)}.");

    private static int ThreadCount(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1024
        ? count
        : throw new CrossStitchException($"'{text}' is no number of threads; give whole numbers from 1, joined by commas.");
}
