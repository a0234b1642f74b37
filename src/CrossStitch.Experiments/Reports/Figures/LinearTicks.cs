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
        var steps = new[] { 1, 2, 2.5, 5, 10, 20 }.Select(digit => digit * power).Where(step => Math.Floor(high / step) - Math.Ceiling(low / step) < most).ToList();

        // A number must stand where it says: halves would read as the wholes beside them where the format has no digits for them.
        var step = steps.Cast<double?>().FirstOrDefault(step => IsWritten(step!.Value, format)) ?? steps[0];
        var ticks = new List<(double, string)>();
        for (var at = Math.Ceiling(low / step); at <= Math.Floor(high / step); at++)
        {
            ticks.Add((at * step, ((at * step) + 0.0).ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')));
        }

        // Where the span is smaller than the format's digits, two ticks would read the same.
        return [.. ticks.DistinctBy(tick => tick.Item2)];
    }

    private static bool IsWritten(double step, string format) =>
        double.Parse(step.ToString(format, CultureInfo.InvariantCulture), NumberStyles.Any, CultureInfo.InvariantCulture) is var read && Math.Abs(read - step) < 1e-9 * step;
}
