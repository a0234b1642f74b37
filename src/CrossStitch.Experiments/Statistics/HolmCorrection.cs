namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): of several tests made together, the chance
/// that any finds a difference that is not there stays below the level, however the tests depend on each other.
/// </summary>
public static class HolmCorrection
{
    /// <summary>
    /// Adjusts p values: the smallest of m is multiplied by m, the next by m − 1 and so on, none less than the one
    /// before it or more than 1.
    /// </summary>
    /// <param name="values">The p values of a family of tests, in any order.</param>
    /// <returns>The adjusted values, in the same order.</returns>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var (running, left) = (0.0, values.Count);
        foreach (var i in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            running = Math.Max(running, Math.Min(1, left-- * values[i]));
            adjusted[i] = running;
        }

        return adjusted;
    }
}
