namespace CrossStitch.Faces.Training.Annotations;

/// <summary>Where the values of a sample lie; between two values, interpolated.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="P5">5 % lie below.</param>
/// <param name="P25">A quarter lies below.</param>
/// <param name="Median">Half lie below.</param>
/// <param name="P75">Three quarters lie below.</param>
/// <param name="P95">95 % lie below.</param>
/// <param name="Maximum">The greatest.</param>
public sealed record Quantiles(double Minimum, double P5, double P25, double Median, double P75, double P95, double Maximum)
{
    /// <summary>Of a sample.</summary>
    /// <param name="values">The sample, in any order; at least one value.</param>
    public static Quantiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(sorted[0], At(0.05), At(0.25), At(0.5), At(0.75), At(0.95), sorted[^1]);

        double At(double share)
        {
            var position = share * (sorted.Length - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, sorted.Length - 1);
            return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
        }
    }
}
