using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Statistics;

/// <summary>The 95 % interval of a paired difference, by drawing examples and seeds again.</summary>
/// <remarks>
/// <para>
/// A replicate draws as many examples as there are, with replacement, and is off from the mean difference by what the drawn
/// examples' means are; to this comes what other seeds would change. The examples stand for all examples like the test examples, the
/// seeds for all seeds that networks could be trained with.
/// </para>
/// <para>
/// Drawing three seeds from three with replacement is no good: there are ten outcomes, too close together, and the
/// interval misses the truth about one time in four. What n numbers say of the mean that they were drawn around, if they
/// are normal, is Student's t times s / √n; that is what a replicate draws for the seeds, once added and once taken away.
/// s² and its degrees of freedom are those of the <see cref="SeedSpread"/>. With one seed nothing is known of others,
/// nothing is drawn for them, and the interval speaks of other examples for these trained networks only.
/// </para>
/// </remarks>
public static class PairedBootstrap
{
    /// <summary>Draws the interval.</summary>
    /// <param name="differences">A network's errors less a baseline's.</param>
    /// <param name="seed">Names the draws: the same seed gives the same interval.</param>
    /// <param name="replicates">How many.</param>
    /// <param name="spread">How much differences vary from seed to seed; null for what these seeds tell. Of no effect with one seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no replicate.</exception>
    public static Interval Interval95(PairedDifferences differences, long seed, int replicates = 5000, SeedSpread? spread = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicates);
        var examples = differences.ExampleMeans.ToArray();
        var own = SeedSpread.Of(differences);
        var used = own is null ? null : spread ?? own;
        var ofSeeds = used is null ? 0 : Math.Sqrt(used.Variance / differences.SeedMeans.Count);

        // The spread of n values about their own mean is short of that about the true mean.
        var widening = Math.Sqrt(examples.Length / (examples.Length - 1.0));
        var random = new SeededRandom((ulong)seed);
        var drawn = new double[2 * replicates];
        for (var i = 0; i < replicates; i++)
        {
            var example = widening * (DrawMean(examples, random) - differences.Mean);
            var other = used is null ? 0 : ofSeeds * DrawStudent(used.DegreesOfFreedom, random);
            drawn[2 * i] = example + other;
            drawn[(2 * i) + 1] = example - other;
        }

        Array.Sort(drawn);
        return new Interval(differences.Mean + Quantile(drawn, 0.025), differences.Mean + Quantile(drawn, 0.975));
    }

    private static double DrawMean(double[] values, SeededRandom random)
    {
        double sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[random.Next(0, values.Length)];
        }

        return sum / values.Length;
    }

    /// <summary>A normal number over the root mean square of others, which is above 0 but by a chance that does not occur.</summary>
    private static double DrawStudent(int freedom, SeededRandom random)
    {
        double squares = 0;
        for (var i = 0; i < freedom; i++)
        {
            var value = random.NextGaussian();
            squares += value * value;
        }

        return random.NextGaussian() / Math.Sqrt(squares / freedom);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
