using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels.Heads;

/// <summary>Linear heads. They are a thousandth of a network's arithmetic, so a plain dot product an output will do.</summary>
internal static unsafe class HeadKernel
{
    /// <summary>outputs = weights × features + biases.</summary>
    /// <param name="batch">How many examples.</param>
    /// <param name="inputs">How many features each has.</param>
    /// <param name="outputs">How many numbers the head gives.</param>
    /// <param name="features">[batch, inputs].</param>
    /// <param name="weights">[outputs, inputs].</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="result">Receives [batch, outputs].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int batch, int inputs, int outputs, float* features, float* weights, float* biases, float* result)
    {
        for (var image = 0; image < batch; image++, features += inputs)
        {
            var row = weights;
            for (var o = 0; o < outputs; o++, row += inputs)
            {
                *result++ = biases[o] + Dot(features, row, inputs);
            }
        }
    }

    /// <summary>The way back: gradients are added to what is there.</summary>
    /// <param name="batch">How many examples.</param>
    /// <param name="inputs">How many features each has.</param>
    /// <param name="outputs">How many numbers the head gives.</param>
    /// <param name="features">[batch, inputs].</param>
    /// <param name="weights">[outputs, inputs].</param>
    /// <param name="gradient">Of the outputs: [batch, outputs].</param>
    /// <param name="ofFeatures">Receives [batch, inputs].</param>
    /// <param name="ofWeights">Receives [outputs, inputs].</param>
    /// <param name="ofBiases">Receives [outputs].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        int batch, int inputs, int outputs, float* features, float* weights, float* gradient, float* ofFeatures, float* ofWeights, float* ofBiases)
    {
        for (var image = 0; image < batch; image++, features += inputs, ofFeatures += inputs)
        {
            for (var o = 0; o < outputs; o++)
            {
                var g = *gradient++;
                ofBiases[o] += g;
                AddScaled(g, features, ofWeights + ((nint)o * inputs), inputs);
                AddScaled(g, weights + ((nint)o * inputs), ofFeatures, inputs);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(float factor, float* from, float* to, int length)
    {
        var spread = Vector256.Create(factor);
        var i = 0;
        for (; i + 8 <= length; i += 8)
        {
            (Vector256.Load(to + i) + (spread * Vector256.Load(from + i))).Store(to + i);
        }

        for (; i < length; i++)
        {
            to[i] += factor * from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(float* a, float* b, int length)
    {
        Vector256<float> even = Vector256<float>.Zero, odd = Vector256<float>.Zero;
        var i = 0;
        for (; i + 16 <= length; i += 16)
        {
            even += Vector256.Load(a + i) * Vector256.Load(b + i);
            odd += Vector256.Load(a + i + 8) * Vector256.Load(b + i + 8);
        }

        var sum = Vector256.Sum(even + odd);
        for (; i < length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
