using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels;

/// <summary>
/// A cross-stitch unit over activations of any number of towers: <c>x̃_i = Σ_j α_ij x_j</c> channel by channel (eq. 3),
/// and back through the transpose (eq. 4).
/// </summary>
internal static unsafe class StitchKernel
{
    /// <summary>Mixes.</summary>
    /// <param name="towers">How many towers.</param>
    /// <param name="pixels">How many pixels of how many images.</param>
    /// <param name="channels">Channels as stored: a multiple of 8.</param>
    /// <param name="alpha">[towers, towers, channels].</param>
    /// <param name="inputs">A pointer a tower: [pixels, channels].</param>
    /// <param name="outputs">A pointer a tower, likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(int towers, int pixels, int channels, float* alpha, float** inputs, float** outputs)
    {
        for (var i = 0; i < towers; i++)
        {
            Mix(towers, pixels, channels, alpha + ((long)i * towers * channels), channels, inputs, outputs[i]);
        }
    }

    /// <summary>Gradients: of the inputs (written over), and of α (added to what is there).</summary>
    /// <param name="towers">How many towers.</param>
    /// <param name="pixels">How many pixels of how many images.</param>
    /// <param name="channels">Channels as stored: a multiple of 8.</param>
    /// <param name="alpha">[towers, towers, channels].</param>
    /// <param name="inputs">What was mixed.</param>
    /// <param name="outputGradients">Gradients of what came out.</param>
    /// <param name="inputGradients">Receives the gradients of what was mixed; other memory than the gradients given.</param>
    /// <param name="alphaGradient">[towers, towers, channels].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        int towers, int pixels, int channels, float* alpha, float** inputs, float** outputGradients, float** inputGradients, float* alphaGradient)
    {
        for (var j = 0; j < towers; j++)
        {
            Mix(towers, pixels, channels, alpha + ((long)j * channels), towers * channels, outputGradients, inputGradients[j]);
            for (var i = 0; i < towers; i++)
            {
                var d = outputGradients[i];
                var x = inputs[j];
                var sum = alphaGradient + ((((long)i * towers) + j) * channels);
                for (var c = 0; c < channels; c += 8)
                {
                    var total = Vector256.Load(sum + c);
                    for (nint at = c; at < (nint)pixels * channels; at += channels)
                    {
                        total = Vector256.FusedMultiplyAdd(Vector256.Load(d + at), Vector256.Load(x + at), total);
                    }

                    total.Store(sum + c);
                }
            }
        }
    }

    /// <summary>output = Σ_j α_j inputs_j; the α of the next input lies <paramref name="step"/> floats further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(int towers, int pixels, int channels, float* alpha, int step, float** inputs, float* output)
    {
        for (nint pixel = 0; pixel < (nint)pixels * channels; pixel += channels)
        {
            for (nint c = 0; c < channels; c += 8)
            {
                var sum = Vector256.Load(alpha + c) * Vector256.Load(inputs[0] + pixel + c);
                for (var j = 1; j < towers; j++)
                {
                    sum = Vector256.FusedMultiplyAdd(Vector256.Load(alpha + ((long)j * step) + c), Vector256.Load(inputs[j] + pixel + c), sum);
                }

                sum.Store(output + pixel + c);
            }
        }
    }
}
