using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CrossStitch.Kernels.Tests;

/// <summary>Many threads at once, for a time that CROSSSTITCH_SLOW_TESTS=1 and CROSSSTITCH_STRESS_SECONDS make longer.</summary>
internal static class Stress
{
    /// <summary>How long a stress lasts.</summary>
    /// <param name="quick">Seconds in the quick suite.</param>
    public static double Seconds(double quick) => Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1"
        ? double.Parse(Environment.GetEnvironmentVariable("CROSSSTITCH_STRESS_SECONDS") ?? "20", CultureInfo.InvariantCulture)
        : quick;

    /// <summary>Acts on many threads again and again, and throws the first that one of them threw.</summary>
    /// <param name="callers">How many threads.</param>
    /// <param name="time">For how long.</param>
    /// <param name="act">Receives randomness of the thread's own.</param>
    public static void Run(int callers, TimeSpan time, Action<Random> act)
    {
        var (errors, clock) = (new ConcurrentQueue<Exception>(), Stopwatch.StartNew());
        var threads = Enumerable.Range(0, callers).Select(caller => new Thread(() =>
        {
            var random = new Random(caller);
            try
            {
                do
                {
                    act(random);
                }
                while (clock.Elapsed < time && errors.IsEmpty);
            }
            catch (Exception error)
            {
                errors.Enqueue(error);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => Assert.True(thread.Join(time + TimeSpan.FromSeconds(60)), "a thread hangs"));
        Assert.Empty(errors);
    }

    /// <summary>What the process has after all that is forgotten was freed.</summary>
    public static (int Threads, long WorkingSet, long Managed) Now()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }

        using var process = Process.GetCurrentProcess();
        return (process.Threads.Count, process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true));
    }
}
