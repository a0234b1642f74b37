namespace CrossStitch.Kernels;

/// <summary>
/// Random numbers that depend on nothing but their keys: the same keys give the same numbers on every platform and
/// version. The keys (a seed, an epoch, an example's index…) name a stream, so that work can be shared out over threads in
/// any order. The generator is xoshiro256** (Blackman and Vigna, 2018), started by SplitMix64; only integer arithmetic
/// and exactly rounded operations are used. Not for cryptography; not safe for several threads at once.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Opens the stream that the keys name.</summary>
    /// <param name="keys">Their number and order count.</param>
    public SeededRandom(params ReadOnlySpan<ulong> keys)
    {
        var state = (ulong)keys.Length;
        foreach (var key in keys)
        {
            // Each key is scrambled into the next one's start, so (1, 2) and (2, 1) are unrelated.
            state = Mix(state + key);
        }

        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        var bits = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = ulong.RotateLeft(_s3, 45);
        return bits;
    }

    /// <summary>A number from 0 up to but not including 1, evenly spread.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number between two others, evenly spread.</summary>
    /// <param name="low">The least.</param>
    /// <param name="high">The most.</param>
    public double NextBetween(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A whole number, evenly spread (to within 2⁻³²).</summary>
    /// <param name="low">The least.</param>
    /// <param name="end">One more than the most.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no number to choose from.</exception>
    public int Next(int low, int end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, end);
        var range = (ulong)((long)end - low);
        return (int)(low + (long)(((NextBits() >> 32) * range) >> 32));
    }

    /// <summary>True with a given probability.</summary>
    /// <param name="probability">0 for never, 1 for always.</param>
    public bool NextBool(double probability = 0.5) => NextDouble() < probability;

    /// <summary>
    /// A number of mean 0 and variance 1, near enough to the normal law: the sum of twelve even ones (Irwin–Hall), which
    /// needs no logarithm and so is the same everywhere. It never leaves ±6.
    /// </summary>
    public double NextGaussian()
    {
        var sum = 0UL;
        for (var draw = 0; draw < 3; draw++)
        {
            var bits = NextBits();
            sum += (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        }

        // Each of the twelve has mean 32767.5 and, over 65536, variance 1/12.
        return (sum - (12 * 32767.5)) / 65536;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var value = Mix(state);
        state += 0x9E3779B97F4A7C15;
        return value;
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
