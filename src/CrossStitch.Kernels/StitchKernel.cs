using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>
/// A cross-stitch unit over activations of any number of towers: <c>x̃_i = Σ_j α_ij x_j</c> channel by channel (eq. 3),
/// and back through the transpose (eq. 4). Two towers, the paper's case, go through memory once each way.
/// </summary>
internal static unsafe class StitchKernel
{
    /// <summary>Mixes.</summary>
    /// <param name="towers">How many towers.</param>
    /// <param name="pixels">How many pixels of how many images.</param>
    /// <param name="channels">Channels as stored.</param>
    /// <param name="alpha">[towers, towers, channels].</param>
    /// <param name="inputs">A pointer a tower: [pixels, channels].</param>
    /// <param name="outputs">A pointer a tower, likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TLanes, TVector>(int towers, int pixels, int channels, float* alpha, float** inputs, float** outputs)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (towers != 2)
        {
            for (var i = 0; i < towers; i++)
            {
                Mix<TLanes, TVector>(towers, pixels, channels, alpha + ((nint)i * towers * channels), channels, inputs, outputs[i]);
            }

            return;
        }

        var x = inputs[0];
        var y = inputs[1];
        var mixedX = outputs[0];
        var mixedY = outputs[1];
        for (nint c = 0; c < channels; c += TLanes.Count)
        {
            var (xx, xy) = (TLanes.Load(alpha + c), TLanes.Load(alpha + channels + c));
            var (yx, yy) = (TLanes.Load(alpha + (2 * channels) + c), TLanes.Load(alpha + (3 * channels) + c));
            for (var at = c; at < (nint)pixels * channels; at += channels)
            {
                var (one, two) = (TLanes.Load(x + at), TLanes.Load(y + at));
                TLanes.Store(TLanes.MultiplyAdd(xx, one, TLanes.Multiply(xy, two)), mixedX + at);
                TLanes.Store(TLanes.MultiplyAdd(yx, one, TLanes.Multiply(yy, two)), mixedY + at);
            }
        }
    }

    /// <summary>Gradients: of the inputs (written over), and of α (added to what is there).</summary>
    /// <param name="towers">How many towers.</param>
    /// <param name="pixels">How many pixels of how many images.</param>
    /// <param name="channels">Channels as stored.</param>
    /// <param name="alpha">[towers, towers, channels].</param>
    /// <param name="inputs">What was mixed.</param>
    /// <param name="outputGradients">Gradients of what came out.</param>
    /// <param name="inputGradients">Receives the gradients of what was mixed; other memory than the gradients given.</param>
    /// <param name="alphaGradient">[towers, towers, channels].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TLanes, TVector>(
        int towers, int pixels, int channels, float* alpha, float** inputs, float** outputGradients, float** inputGradients, float* alphaGradient)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (towers != 2)
        {
            for (var j = 0; j < towers; j++)
            {
                Mix<TLanes, TVector>(towers, pixels, channels, alpha + ((nint)j * channels), towers * channels, outputGradients, inputGradients[j]);
                for (var i = 0; i < towers; i++)
                {
                    AddProducts<TLanes, TVector>(pixels, channels, outputGradients[i], inputs[j], alphaGradient + ((((nint)i * towers) + j) * channels));
                }
            }

            return;
        }

        var x = inputs[0];
        var y = inputs[1];
        var byMixedX = outputGradients[0];
        var byMixedY = outputGradients[1];
        var byX = inputGradients[0];
        var byY = inputGradients[1];
        for (nint c = 0; c < channels; c += TLanes.Count)
        {
            var (xx, xy) = (TLanes.Load(alpha + c), TLanes.Load(alpha + channels + c));
            var (yx, yy) = (TLanes.Load(alpha + (2 * channels) + c), TLanes.Load(alpha + (3 * channels) + c));
            var (byXX, byXY) = (TLanes.Load(alphaGradient + c), TLanes.Load(alphaGradient + channels + c));
            var (byYX, byYY) = (TLanes.Load(alphaGradient + (2 * channels) + c), TLanes.Load(alphaGradient + (3 * channels) + c));
            for (var at = c; at < (nint)pixels * channels; at += channels)
            {
                var (one, two) = (TLanes.Load(byMixedX + at), TLanes.Load(byMixedY + at));
                TLanes.Store(TLanes.MultiplyAdd(xx, one, TLanes.Multiply(yx, two)), byX + at);
                TLanes.Store(TLanes.MultiplyAdd(xy, one, TLanes.Multiply(yy, two)), byY + at);
                var (fromX, fromY) = (TLanes.Load(x + at), TLanes.Load(y + at));
                byXX = TLanes.MultiplyAdd(one, fromX, byXX);
                byXY = TLanes.MultiplyAdd(one, fromY, byXY);
                byYX = TLanes.MultiplyAdd(two, fromX, byYX);
                byYY = TLanes.MultiplyAdd(two, fromY, byYY);
            }

            TLanes.Store(byXX, alphaGradient + c);
            TLanes.Store(byXY, alphaGradient + channels + c);
            TLanes.Store(byYX, alphaGradient + (2 * channels) + c);
            TLanes.Store(byYY, alphaGradient + (3 * channels) + c);
        }
    }

    /// <summary>output = Σ_j α_j inputs_j; the α of the next input lies <paramref name="step"/> floats further.</summary>
    private static void Mix<TLanes, TVector>(int towers, int pixels, int channels, float* alpha, nint step, float** inputs, float* output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (nint pixel = 0; pixel < (nint)pixels * channels; pixel += channels)
        {
            for (nint c = 0; c < channels; c += TLanes.Count)
            {
                var sum = TLanes.Multiply(TLanes.Load(alpha + c), TLanes.Load(inputs[0] + pixel + c));
                for (var j = 1; j < towers; j++)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Load(alpha + (j * step) + c), TLanes.Load(inputs[j] + pixel + c), sum);
                }

                TLanes.Store(sum, output + pixel + c);
            }
        }
    }

    /// <summary>sum += Σ one × other, over pixels.</summary>
    private static void AddProducts<TLanes, TVector>(int pixels, int channels, float* one, float* other, float* sum)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (nint c = 0; c < channels; c += TLanes.Count)
        {
            var total = TLanes.Load(sum + c);
            for (var at = c; at < (nint)pixels * channels; at += channels)
            {
                total = TLanes.MultiplyAdd(TLanes.Load(one + at), TLanes.Load(other + at), total);
            }

            TLanes.Store(total, sum + c);
        }
    }
}
