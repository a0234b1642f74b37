using System.Diagnostics;

namespace CrossStitch.Benchmarks.Work;

/// <summary>How fast something is that is done again and again.</summary>
public static class Timing
{
    /// <summary>Faces a second.</summary>
    /// <param name="faces">Faces of one pass.</param>
    /// <param name="seconds">How long to measure, at least one pass.</param>
    /// <param name="passes">Does passes and asks after each whether it is enough.</param>
    public static double FacesPerSecond(int faces, double seconds, Action<Func<bool>> passes)
    {
        var done = 0L;
        var clock = Stopwatch.StartNew();
        passes(() =>
        {
            done++;
            return clock.Elapsed.TotalSeconds >= seconds;
        });
        return done * faces / clock.Elapsed.TotalSeconds;
    }
}
