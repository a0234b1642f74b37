using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace CrossStitch.Experiments.Statistics;

/// <summary>How likely a two-sided t test at the 5 % level finds a difference that is there.</summary>
public static class TestPower
{
    /// <summary>The power that a study is planned for.</summary>
    public const double Wanted = 0.8;

    /// <summary>More seeds than this are no plan.</summary>
    public const int MostSeeds = 1_000_000;

    /// <summary>
    /// Seeds that a paired t over seeds needs to find, with 80 % power, a difference of the size and spread over seeds
    /// that were found, on the same test examples. From few seeds this is rough: their spread is itself a guess, and a
    /// difference that was picked because it is large is likely to be smaller the next time.
    /// </summary>
    /// <param name="difference">The difference that was found.</param>
    /// <param name="spread">How much it varies from seed to seed; null if unknown.</param>
    /// <returns>Two or more; null where the spread is unknown, the difference is 0, and beyond <see cref="MostSeeds"/>.</returns>
    public static int? SeedsNeeded(double difference, SeedSpread? spread)
    {
        if (spread is null || difference == 0)
        {
            return null;
        }

        if (spread.Variance == 0)
        {
            return 2;
        }

        var effect = Math.Abs(difference) / Math.Sqrt(spread.Variance);
        if (OfPaired(effect, MostSeeds) < Wanted)
        {
            return null;
        }

        var (low, high) = (2, MostSeeds);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (OfPaired(effect, middle) >= Wanted)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The power of a paired t test, two-sided at the 5 % level; finding the difference the wrong way round does not count.</summary>
    /// <param name="effect">The mean of the pairs' differences over their standard deviation; 0 or more.</param>
    /// <param name="pairs">How many pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two pairs.</exception>
    public static double OfPaired(double effect, int pairs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 2);
        return UpperTail(StudentT.InvCDF(0, 1, pairs - 1, 0.975), pairs - 1, effect * Math.Sqrt(pairs));
    }

    /// <summary>
    /// P(T > t) of the noncentral t distribution. T is (Z + δ) / U with Z normal and U = √(χ²_ν / ν), so this is the
    /// mean over U of Φ(δ − t U).
    /// </summary>
    /// <param name="t">Where the tail begins.</param>
    /// <param name="freedom">ν, degrees of freedom; 1 or more.</param>
    /// <param name="noncentrality">δ.</param>
    public static double UpperTail(double t, double freedom, double noncentrality)
    {
        // U's density falls at least as fast as a normal one of this spread about 1; ten of them hold all that counts.
        var spread = 10 / Math.Sqrt(2 * freedom);
        var scale = Math.Log(2) + (freedom / 2 * Math.Log(freedom / 2)) - SpecialFunctions.GammaLn(freedom / 2);
        return Integrate.GaussLegendre(
            u => Math.Exp(scale + ((freedom - 1) * Math.Log(u)) - (freedom * u * u / 2)) * Normal.CDF(0, 1, noncentrality - (t * u)),
            Math.Max(0, 1 - spread),
            1 + spread,
            128);
    }
}
