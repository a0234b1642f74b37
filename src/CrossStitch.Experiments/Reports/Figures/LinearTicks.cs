using System.Globalization;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Ticks of an axis at round numbers.</summary>
internal static class LinearTicks
{
    /// <summary>Ticks between two numbers.</summary>
    /// <param name="low">The least.</param>
    /// <param name="high">The most.</param>
    /// <param name="most">How many there is room for.</param>
    /// <param name="format">How they are written.</param>
    public static IReadOnlyList<(double At, string Name)> Between(double low, double high, int most, string format)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / most)));
        var step = new[] { 1, 2, 2.5, 5, 10, 20 }.Select(digit => digit * power).First(step => Math.Floor(high / step) - Math.Ceiling(low / step) < most);
        var ticks = new List<(double, string)>();
        for (var at = Math.Ceiling(low / step); at <= Math.Floor(high / step); at++)
        {
            ticks.Add((at * step, ((at * step) + 0.0).ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')));
        }

        // Where the format has too few digits, two ticks would read the same.
        return [.. ticks.DistinctBy(tick => tick.Item2)];
    }
}
