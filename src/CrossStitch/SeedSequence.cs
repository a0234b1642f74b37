namespace CrossStitch;

/// <summary>Seeds from seeds: what is random in an epoch depends on the run's seed and the epoch's number alone.</summary>
internal static class SeedSequence
{
    /// <summary>A well-mixed 64-bit number of two (the finaliser of SplitMix64, Steele et al. 2014).</summary>
    /// <param name="seed">The one.</param>
    /// <param name="stream">The other.</param>
    public static long Mix(long seed, long stream)
    {
        unchecked
        {
            var z = (ulong)seed + (((ulong)stream + 1) * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (long)(z ^ (z >> 31));
        }
    }

    /// <summary>The numbers from 0 to <paramref name="count"/> − 1 in a random order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides the order.</param>
    public static int[] Shuffle(int count, long seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(unchecked((int)(seed ^ (seed >> 32)))).Shuffle(order);
        return order;
    }
}
