using System.Globalization;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Ticks of a logarithmic axis: at round numbers, as many as there is room for.</summary>
internal static class LogTicks
{
    /// <summary>Ticks between two powers of ten.</summary>
    /// <param name="low">Logarithm of the least.</param>
    /// <param name="high">Logarithm of the most.</param>
    public static IReadOnlyList<(double At, string Name)> Between(double low, double high)
    {
        foreach (var digits in new int[][] { [1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9], [.. Enumerable.Range(10, 90)] })
        {
            var ticks = Ticks(low, high, digits);
            if (ticks.Count >= 3)
            {
                var every = (int)Math.Ceiling(ticks.Count / 6.0);
                return [.. ticks.Where((_, i) => i % every == 0)];
            }
        }

        return Ticks(low, high, [1, 2, 5]);
    }

    private static List<(double, string)> Ticks(double low, double high, int[] digits)
    {
        var ticks = new List<(double, string)>();
        for (var power = (int)Math.Floor(low) - 1; power <= Math.Ceiling(high); power++)
        {
            foreach (var digit in digits)
            {
                var value = digit * Math.Pow(10, power);
                if (Math.Log10(value) is var at && at >= low && at <= high)
                {
                    ticks.Add((at, value.ToString("0.#######", CultureInfo.InvariantCulture)));
                }
            }
        }

        return [.. ticks.DistinctBy(tick => tick.Item2).OrderBy(tick => tick.Item1)];
    }
}
