using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace CrossStitch.Experiments.Statistics;

/// <summary>A measure of a network, averaged over the seeds that it was trained with.</summary>
/// <param name="Mean">The mean over seeds.</param>
/// <param name="Interval">
/// The 95 % interval of the mean, by Student's t over seeds: it speaks for other seeds on the same test examples. Null with
/// a single seed, which says nothing of others.
/// </param>
public sealed record Estimate(double Mean, Interval? Interval)
{
    /// <summary>Averages a measure: mean ± t(0.975, n − 1) · s / √n.</summary>
    /// <param name="values">A number a seed.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Estimate Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("An estimate takes one seed or more.", nameof(values));
        }

        var mean = values.Average();
        if (values.Count == 1)
        {
            return new Estimate(mean, null);
        }

        var half = StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new Estimate(mean, new Interval(mean - half, mean + half));
    }
}
