using System.Numerics;
using System.Runtime.CompilerServices;

namespace CrossStitch.Kernels;

/// <summary>Adam (Kingma and Ba, 2015) in one pass over memory.</summary>
internal static unsafe class AdamKernel
{
    /// <summary>The squared norm of a gradient.</summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="count">How many numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredNorm(float* gradient, long count)
    {
        Vector<float> a = default, b = default, c = default, d = default;
        var width = Vector<float>.Count;
        var i = 0L;
        for (; i <= count - (4 * width); i += 4 * width)
        {
            var (w, x) = (Vector.Load(gradient + i), Vector.Load(gradient + i + width));
            var (y, z) = (Vector.Load(gradient + i + (2 * width)), Vector.Load(gradient + i + (3 * width)));
            a += w * w;
            b += x * x;
            c += y * y;
            d += z * z;
        }

        double sum = Vector.Sum(a + b + c + d);
        for (; i < count; i++)
        {
            sum += (double)gradient[i] * gradient[i];
        }

        return sum;
    }

    /// <summary>
    /// Takes a step: <c>g ← scale g + decay p; m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
    /// p ← p − rate m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)</c>.
    /// </summary>
    /// <param name="parameters">Receive the step.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="mean">m; zeros before the first step.</param>
    /// <param name="square">v; zeros before the first step.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="step">Which step, and how long.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(float* parameters, float* gradient, float* mean, float* square, long count, in AdamStep step)
    {
        var rate = (float)(step.LearningRate / (1 - Math.Pow(step.MeanDecay, step.Number)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(step.SquareDecay, step.Number)));
        var (scale, decay, epsilon) = ((float)step.GradientScale, (float)step.WeightDecay, (float)step.Epsilon);
        var (keepMean, takeMean) = ((float)step.MeanDecay, (float)(1 - step.MeanDecay));
        var (keepSquare, takeSquare) = ((float)step.SquareDecay, (float)(1 - step.SquareDecay));
        var i = 0L;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var p = Vector.Load(parameters + i);
            var g = (Vector.Load(gradient + i) * scale) + (p * decay);
            var m = (Vector.Load(mean + i) * keepMean) + (g * takeMean);
            var v = (Vector.Load(square + i) * keepSquare) + (g * g * takeSquare);
            m.Store(mean + i);
            v.Store(square + i);
            (p - (m * rate / ((Vector.SquareRoot(v) * correction) + new Vector<float>(epsilon)))).Store(parameters + i);
        }

        for (; i < count; i++)
        {
            var g = (gradient[i] * scale) + (parameters[i] * decay);
            mean[i] = (mean[i] * keepMean) + (g * takeMean);
            square[i] = (square[i] * keepSquare) + (g * g * takeSquare);
            parameters[i] -= mean[i] * rate / ((MathF.Sqrt(square[i]) * correction) + epsilon);
        }
    }
}
