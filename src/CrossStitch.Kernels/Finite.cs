using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels;

/// <summary>Finds numbers that are not finite.</summary>
internal static unsafe class Finite
{
    /// <summary>The place of the first number that is infinite or none; −1 if all are finite.</summary>
    /// <param name="numbers">The numbers.</param>
    public static int FirstOther(ReadOnlySpan<float> numbers)
    {
        fixed (float* first = numbers)
        {
            return All(first, numbers.Length) ? -1 : numbers.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        }
    }

    /// <summary>Whether all are finite.</summary>
    /// <param name="numbers">The first number.</param>
    /// <param name="count">How many.</param>
    public static bool All(float* numbers, long count)
    {
        // A number less itself is zero, unless it is infinite or none.
        var sum = Vector256<float>.Zero;
        var at = 0L;
        for (; at <= count - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            var some = Vector256.Load(numbers + at);
            sum += some - some;
        }

        var rest = 0f;
        for (; at < count; at++)
        {
            rest += numbers[at] - numbers[at];
        }

        return Vector256.Sum(sum) + rest == 0;
    }
}
