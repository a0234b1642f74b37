using System.Numerics;
using System.Runtime.CompilerServices;

namespace CrossStitch.Kernels;

/// <summary>The distance of eq. 7 between two towers' weights of a layer, <c>d = a w₁ + b − w₂</c>, and its gradient.</summary>
internal static unsafe class RelationKernel
{
    /// <summary>
    /// Weights that are summed in single precision before the sum goes on in double: distances cancel, and Adam makes a
    /// full step of whatever is left of their sum.
    /// </summary>
    private const long Part = 512;

    /// <summary>‖d‖².</summary>
    /// <param name="first">w₁.</param>
    /// <param name="second">w₂.</param>
    /// <param name="count">How many weights.</param>
    /// <param name="scale">a.</param>
    /// <param name="shift">b.</param>
    public static double SquaredDistance(float* first, float* second, long count, float scale, float shift)
    {
        var sum = 0.0;
        for (var at = 0L; at < count; at += Part)
        {
            sum += SquaredDistanceOfPart(first + at, second + at, Math.Min(Part, count - at), scale, shift);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SquaredDistanceOfPart(float* first, float* second, long count, float scale, float shift)
    {
        Vector<float> one = default, two = default;
        var (a, b) = (new Vector<float>(scale), new Vector<float>(shift));
        var width = Vector<float>.Count;
        var i = 0L;
        for (; i <= count - (2 * width); i += 2 * width)
        {
            var d = (Vector.Load(first + i) * a) + b - Vector.Load(second + i);
            var e = (Vector.Load(first + i + width) * a) + b - Vector.Load(second + i + width);
            one += d * d;
            two += e * e;
        }

        double sum = Vector.Sum(one + two);
        for (; i < count; i++)
        {
            var d = (first[i] * scale) + shift - second[i];
            sum += (double)d * d;
        }

        return sum;
    }

    /// <summary>Adds the gradients of <c>factor × ‖d‖²</c> to what is there.</summary>
    /// <param name="first">w₁.</param>
    /// <param name="second">w₂.</param>
    /// <param name="count">How many weights.</param>
    /// <param name="scale">a.</param>
    /// <param name="shift">b.</param>
    /// <param name="factor">What the squared distance is multiplied by.</param>
    /// <param name="byFirst">Receives the gradient by w₁: <c>2 factor a d</c>.</param>
    /// <param name="bySecond">Receives the gradient by w₂: <c>−2 factor d</c>.</param>
    /// <returns>The gradients by a, <c>2 factor Σ d w₁</c>, and b, <c>2 factor Σ d</c>.</returns>
    public static (float ByScale, float ByShift) AddGradient(
        float* first, float* second, long count, float scale, float shift, float factor, float* byFirst, float* bySecond)
    {
        var (byScale, byShift) = (0.0, 0.0);
        for (var at = 0L; at < count; at += Part)
        {
            var (partByScale, partByShift) = AddGradientOfPart(first + at, second + at, Math.Min(Part, count - at), scale, shift, factor, byFirst + at, bySecond + at);
            byScale += partByScale;
            byShift += partByShift;
        }

        return ((float)byScale, (float)byShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float ByScale, float ByShift) AddGradientOfPart(
        float* first, float* second, long count, float scale, float shift, float factor, float* byFirst, float* bySecond)
    {
        Vector<float> products = default, distances = default;
        var (a, b, f) = (new Vector<float>(scale), new Vector<float>(shift), new Vector<float>(2 * factor));
        var i = 0L;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var w = Vector.Load(first + i);
            var d = f * ((w * a) + b - Vector.Load(second + i));
            (Vector.Load(byFirst + i) + (a * d)).Store(byFirst + i);
            (Vector.Load(bySecond + i) - d).Store(bySecond + i);
            products += d * w;
            distances += d;
        }

        var (byScale, byShift) = (Vector.Sum(products), Vector.Sum(distances));
        for (; i < count; i++)
        {
            var d = 2 * factor * ((first[i] * scale) + shift - second[i]);
            byFirst[i] += scale * d;
            bySecond[i] -= d;
            byScale += d * first[i];
            byShift += d;
        }

        return (byScale, byShift);
    }
}
