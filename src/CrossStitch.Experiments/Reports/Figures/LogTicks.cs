using System.Globalization;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Ticks of a logarithmic axis: at round numbers, as many as there is room for.</summary>
internal static class LogTicks
{
    private static readonly int[][] Digits = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9], [.. Enumerable.Range(10, 90)]];

    /// <summary>Ticks between two powers of ten.</summary>
    /// <param name="low">Logarithm of the least.</param>
    /// <param name="high">Logarithm of the most.</param>
    public static IReadOnlyList<(double At, string Name)> Between(double low, double high)
    {
        foreach (var digits in Digits)
        {
            var ticks = Ticks(low, high, digits);
            if (ticks.Count >= 3)
            {
                return Spread(ticks, (high - low) / 8);
            }
        }

        return Ticks(low, high, Digits[^1]);
    }

    private static List<(double At, string Name)> Spread(List<(double At, string Name)> ticks, double apart)
    {
        var kept = new List<(double At, string Name)>();
        foreach (var tick in ticks)
        {
            if (kept.Count == 0 || tick.At - kept[^1].At >= apart)
            {
                kept.Add(tick);
            }
        }

        return kept;
    }

    private static List<(double At, string Name)> Ticks(double low, double high, int[] digits)
    {
        var ticks = new List<(double At, string Name)>();
        for (var power = (int)Math.Floor(low) - 1; power <= Math.Ceiling(high); power++)
        {
            foreach (var digit in digits)
            {
                var value = digit * Math.Pow(10, power);
                if (Math.Log10(value) is var at && at >= low && at <= high)
                {
                    ticks.Add((at, value.ToString("#,0.#######", CultureInfo.InvariantCulture)));
                }
            }
        }

        return [.. ticks.DistinctBy(tick => tick.Name).OrderBy(tick => tick.At)];
    }
}
