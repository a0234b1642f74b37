using System.Diagnostics;
using System.Reflection;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz.Runs;

/// <summary>Tries inputs of several targets, each in a process of its own, which is started again behind an input that ended it.</summary>
/// <param name="options">Which, and for how long.</param>
internal sealed class FuzzRun(FuzzOptions options)
{
    private const int MostErrorText = 20_000;

    // Beyond this a process cannot ask for memory, so that a reader that would take all that the machine has does no harm.
    private const string HeapLimit = "0x60000000";

    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(2);

    /// <summary>Tries them.</summary>
    /// <param name="onTarget">Called after each target, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What came of each target, in the order asked for.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<(string Target, Tally Tally)> Execute(Action<string, Tally>? onTarget = null, CancellationToken cancellation = default)
    {
        var tallies = new Tally[options.Targets.Count];
        var each = options.Seconds * Math.Min(options.Jobs, tallies.Length) / tallies.Length;
        Parallel.For(0, tallies.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation }, i =>
        {
            tallies[i] = Try(options.Targets[i], each, cancellation);
            onTarget?.Invoke(options.Targets[i], tallies[i]);
        });
        return [.. options.Targets.Zip(tallies)];
    }

    private Tally Try(string target, double seconds, CancellationToken cancellation)
    {
        var (tally, clock, next) = (new Tally(), Stopwatch.StartNew(), (long?)0);
        do
        {
            next = TryOnce(target, next.Value, Math.Max(0, seconds - clock.Elapsed.TotalSeconds), tally, cancellation);
        }
        while (next is not null && clock.Elapsed.TotalSeconds < seconds && !options.IsEnough(tally));

        return tally;
    }

    /// <summary>Runs a process until its time is over, which gives null, or an input ends it, which gives the number of the next.</summary>
    private long? TryOnce(string target, long first, double seconds, Tally tally, CancellationToken cancellation)
    {
        var place = WorkerFolder.Create();
        try
        {
            var folder = new WorkerFolder(place.FullName);
            var worker = new WorkerOptions(target, options.Seed, first, seconds, options.Limits, place.FullName, options.Findings, options.Corpus);
            var (code, errors) = RunProcess(worker, cancellation);
            tally.Add(Tally.Load(folder.TallyPath));
            if (code == 0)
            {
                return null;
            }

            using var accessor = folder.OpenNumber();
            var number = accessor.ReadInt64(0);
            var finding = File.Exists(folder.LastWordsPath) && File.ReadAllText(folder.LastWordsPath).Split('\n', 2) is [var what, var detail]
                ? Finding.Of(what, detail)
                : Finding.Of("crash", $"The process ended with code {code}.\n{errors}");
            tally.Inputs++;
            tally.Add(finding.Key, Keep(target, number, finding, place));
            return number + 1;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private string? Keep(string target, long number, Finding finding, DirectoryInfo place)
    {
        using var reader = TargetCatalog.Find(target).Create(place.CreateSubdirectory("again").FullName);
        var input = new InputSource(reader, target, options.Seed, Corpus.Of(target, options.Corpus))[number];
        return new FindingFolder(options.Findings).Save(target, options.Seed, number, input, finding);
    }

    private static (int Code, string Errors) RunProcess(WorkerOptions worker, CancellationToken cancellation)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (var argument in worker.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(worker.Folder, "cache");
        using var process = Process.Start(start)!;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(TimeSpan.FromSeconds(worker.Seconds) + LongestEnd);
        using var ending = stop.Token.Register(() => process.Kill());
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        var text = $"{output.Result}{errors}";
        return (process.ExitCode, text.Length > MostErrorText ? text[..MostErrorText] : text);
    }
}
