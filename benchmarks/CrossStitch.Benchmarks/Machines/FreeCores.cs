namespace CrossStitch.Benchmarks.Machines;

/// <summary>
/// Tells whether the processor is ours: on a virtual machine its host may take a core away, or give two that are one, for
/// seconds at a time, and say nothing of it. What multiply-adds in registers reach at this moment tells.
/// </summary>
/// <param name="peaks">What they reach at best.</param>
public sealed class FreeCores(IReadOnlyList<PeakSpeed> peaks)
{
    /// <summary>Share of the peak that free cores reach at any moment.</summary>
    private const double Enough = 0.9;

    private const int MostWaits = 30;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>Whether so many cores are free now.</summary>
    /// <param name="threads">How many.</param>
    public bool Are(int threads) =>
        FmaPeak.Now(threads) >= Enough * peaks.Where(peak => peak.Threads == threads).Max(peak => peak.Gigaflops);

    /// <summary>Waits until so many cores are free, or half a minute has passed.</summary>
    /// <param name="threads">How many.</param>
    public void WaitFor(int threads)
    {
        for (var i = 0; i < MostWaits && !Are(threads); i++)
        {
            Thread.Sleep(Wait);
        }
    }
}
