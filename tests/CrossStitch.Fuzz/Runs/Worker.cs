using System.Diagnostics;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz.Runs;

/// <summary>A process that tries the inputs of one target, one after the other.</summary>
internal static class Worker
{
    private const int FilesOfAFault = 3;
    private const int InputsBetweenLooks = 16;

    // What the collector leaves lying about must not look like the next input's memory.
    private const long MostGarbage = 128 << 20;
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(1);

    /// <summary>Tries inputs until the time is over.</summary>
    /// <param name="options">Which, and for how long.</param>
    public static void Run(WorkerOptions options)
    {
        var clock = Stopwatch.StartNew();
        Exhaustion.Watch();
        var folder = new WorkerFolder(options.Folder);
        using var number = folder.OpenNumber();
        number.Write(0, options.First);
        var tally = new Tally();
        using var target = TargetCatalog.Find(options.Target).Create(folder.Scratch);
        var source = new InputSource(target, options.Target, options.Seed, Corpus.Of(options.Target, options.Corpus));
        using var watchdog = new Watchdog(options.Limits, folder, () =>
        {
            lock (tally)
            {
                tally.Save(folder.TallyPath);
            }
        });
        var saved = clock.Elapsed;
        for (var i = options.First; ; i++)
        {
            if (i % InputsBetweenLooks == 0 || clock.Elapsed - saved > BetweenSaves)
            {
                tally.Seconds = clock.Elapsed.TotalSeconds;
                if (clock.Elapsed - saved > BetweenSaves)
                {
                    tally.Save(folder.TallyPath);
                    saved = clock.Elapsed;
                }

                if (clock.Elapsed.TotalSeconds > options.Seconds && i >= source.Whole)
                {
                    break;
                }
            }

            number.Write(0, i);
            var input = source[i];
            watchdog.Begin();
            var attempt = Attempt.Of(target, input, options.Limits);
            watchdog.End();
            if (GC.GetTotalMemory(forceFullCollection: false) > MostGarbage)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            }

            Count(options, tally, i, input, attempt);
        }

        tally.Peak = ProcessMemory.Peak();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        tally.Left = ProcessMemory.Now();
        tally.Save(folder.TallyPath);
    }

    private static void Count(WorkerOptions options, Tally tally, long number, FuzzInput input, Attempt attempt)
    {
        lock (tally)
        {
            tally.Inputs++;
            tally.Cost(number, attempt.Seconds, attempt.Bytes);
            if (attempt.Finding is { } finding)
            {
                var count = tally.Found.GetValueOrDefault(finding.Key)?.Count ?? 0;
                tally.Add(finding.Key, count < FilesOfAFault ? new FindingFolder(options.Findings).Save(options.Target, options.Seed, number, input, finding) : null);
            }
            else if (attempt.Refusal is { } refusal)
            {
                var type = refusal.GetType().Name;
                tally.Refused[type] = tally.Refused.GetValueOrDefault(type) + 1;
            }
            else
            {
                tally.Accepted++;
            }
        }
    }
}
