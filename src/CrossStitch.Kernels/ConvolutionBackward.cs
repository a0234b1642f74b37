using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vector = System.Runtime.Intrinsics.Vector256<float>;

namespace CrossStitch.Kernels;

/// <summary>
/// Gradients of a stage. Max pooling sends an output's gradient to one position in four, and ReLU stops about half of
/// them, so the dense arithmetic is eight times what is needed. Outputs that pass a gradient are gathered into a list
/// for each channel (weights) or each position (input); what is left are sums of whole patches, three groups of three
/// vectors, nine registers, at a time.
/// </summary>
internal static unsafe class ConvolutionBackward
{
    /// <summary>Where an output's gradient goes, and the gradient.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public int Target;
        public float Gradient;
    }

    /// <summary>Gradients of weights and biases, added to what is there.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image's input.</param>
    /// <param name="output">The first image's output, by which ReLU let through.</param>
    /// <param name="argmax">Which position each output came from; not read where nothing was pooled.</param>
    /// <param name="gradient">The first image's gradient of the outputs.</param>
    /// <param name="images">How many images.</param>
    /// <param name="weightGradient">[channels, weight row].</param>
    /// <param name="biasGradient">[channels].</param>
    /// <param name="lists">Room for an entry an output.</param>
    /// <param name="counts">Room for a number a channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights(
        StageGeometry geometry, float* input, float* output, byte* argmax, float* gradient, int images,
        float* weightGradient, float* biasGradient, Entry* lists, int* counts)
    {
        var channels = geometry.Channels;
        var positions = geometry.Positions * images;
        var pool = geometry.Stage.Pool;
        NativeMemory.Clear(counts, (nuint)(channels * sizeof(int)));
        for (var position = 0; position < positions; position++)
        {
            var u = output + ((long)position * channels);
            var g = gradient + ((long)position * channels);
            var winners = argmax + ((long)position * channels);
            for (var c = 0; c < channels; c++)
            {
                // Written always, kept only if it passes: cheaper than a branch that nobody can predict.
                var count = counts[c];
                var entry = lists + ((long)c * positions) + count;
                entry->Target = pool ? geometry.Patches[(4 * position) + winners[c]] : geometry.Patches[position];
                entry->Gradient = g[c];
                counts[c] = count + (u[c] > 0 || float.IsNaN(u[c]) ? 1 : 0);
            }
        }

        for (var c = 0; c < channels; c++)
        {
            var list = lists + ((long)c * positions);
            var count = counts[c];
            if (count == 0)
            {
                continue;
            }

            var bias = 0f;
            for (var k = 0; k < count; k++)
            {
                bias += list[k].Gradient;
            }

            biasGradient[c] += bias;
            SumPatches(geometry, input, list, count, weightGradient + ((long)c * geometry.WeightRow));
        }
    }

    /// <summary>Gradient of the input, added to what is there.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="weights">[channels, weight row].</param>
    /// <param name="output">The first image's output.</param>
    /// <param name="argmax">Which position each output came from; not read where nothing was pooled.</param>
    /// <param name="gradient">The first image's gradient of the outputs.</param>
    /// <param name="images">How many images.</param>
    /// <param name="inputGradient">The first image's gradient of the inputs.</param>
    /// <param name="list">Room for an entry a channel, four times.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(
        StageGeometry geometry, float* weights, float* output, byte* argmax, float* gradient, int images, float* inputGradient, Entry* list)
    {
        var channels = geometry.Channels;
        var positions = geometry.Positions * images;
        var pool = geometry.Stage.Pool;
        var counts = stackalloc int[4];
        for (var position = 0; position < positions; position++)
        {
            var u = output + ((long)position * channels);
            var g = gradient + ((long)position * channels);
            var winners = argmax + ((long)position * channels);
            (counts[0], counts[1], counts[2], counts[3]) = (0, 0, 0, 0);
            for (var c = 0; c < channels; c++)
            {
                var winner = pool ? winners[c] : 0;
                var entry = list + (winner * channels) + counts[winner];
                entry->Target = c * geometry.WeightRow;
                entry->Gradient = g[c];
                counts[winner] += u[c] > 0 || float.IsNaN(u[c]) ? 1 : 0;
            }

            for (var winner = 0; winner < (pool ? 4 : 1); winner++)
            {
                if (counts[winner] > 0)
                {
                    var patch = geometry.Patches[pool ? (4 * position) + winner : position];
                    SumWeights(geometry, weights, list + (winner * channels), counts[winner], inputGradient + patch);
                }
            }
        }
    }

    /// <summary>sum += Σ gradient × patch, over the entries of one channel; their targets are patches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumPatches(StageGeometry geometry, float* input, Entry* list, int count, float* sum)
    {
        var offsets = geometry.GroupOffsets;
        for (var group = 0; group < geometry.Groups; group += 3)
        {
            var a = input + offsets[group];
            var b = input + offsets[group + 1];
            var c = input + offsets[group + 2];
            if (geometry.Vectors == 3)
            {
                var to = sum + (group * 24);
                Vector a0 = Vector256.Load(to), a1 = Vector256.Load(to + 8), a2 = Vector256.Load(to + 16);
                Vector b0 = Vector256.Load(to + 24), b1 = Vector256.Load(to + 32), b2 = Vector256.Load(to + 40);
                Vector c0 = Vector256.Load(to + 48), c1 = Vector256.Load(to + 56), c2 = Vector256.Load(to + 64);
                for (var k = 0; k < count; k++)
                {
                    nint at = list[k].Target;
                    var g = Vector256.Create(list[k].Gradient);
                    a0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(a + at), a0);
                    a1 = Vector256.FusedMultiplyAdd(g, Vector256.Load(a + at + 8), a1);
                    a2 = Vector256.FusedMultiplyAdd(g, Vector256.Load(a + at + 16), a2);
                    b0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(b + at), b0);
                    b1 = Vector256.FusedMultiplyAdd(g, Vector256.Load(b + at + 8), b1);
                    b2 = Vector256.FusedMultiplyAdd(g, Vector256.Load(b + at + 16), b2);
                    c0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(c + at), c0);
                    c1 = Vector256.FusedMultiplyAdd(g, Vector256.Load(c + at + 8), c1);
                    c2 = Vector256.FusedMultiplyAdd(g, Vector256.Load(c + at + 16), c2);
                }

                a0.Store(to);
                a1.Store(to + 8);
                a2.Store(to + 16);
                b0.Store(to + 24);
                b1.Store(to + 32);
                b2.Store(to + 40);
                c0.Store(to + 48);
                c1.Store(to + 56);
                c2.Store(to + 64);
            }
            else
            {
                var to = sum + (group * 8);
                Vector a0 = Vector256.Load(to), b0 = Vector256.Load(to + 8), c0 = Vector256.Load(to + 16);
                for (var k = 0; k < count; k++)
                {
                    nint at = list[k].Target;
                    var g = Vector256.Create(list[k].Gradient);
                    a0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(a + at), a0);
                    b0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(b + at), b0);
                    c0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(c + at), c0);
                }

                a0.Store(to);
                b0.Store(to + 8);
                c0.Store(to + 16);
            }
        }
    }

    /// <summary>patch += Σ gradient × weights, over the entries of one position; their targets are rows of weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumWeights(StageGeometry geometry, float* weights, Entry* list, int count, float* patch)
    {
        var offsets = geometry.GroupOffsets;
        var wide = geometry.Vectors == 3;
        for (var group = 0; group < geometry.Groups; group += 3)
        {
            var a = patch + offsets[group];
            var b = patch + offsets[group + 1];
            var c = patch + offsets[group + 2];
            if (wide)
            {
                var from = weights + (group * 24);
                Vector a0 = Vector.Zero, a1 = Vector.Zero, a2 = Vector.Zero;
                Vector b0 = Vector.Zero, b1 = Vector.Zero, b2 = Vector.Zero;
                Vector c0 = Vector.Zero, c1 = Vector.Zero, c2 = Vector.Zero;
                for (var k = 0; k < count; k++)
                {
                    var w = from + list[k].Target;
                    var g = Vector256.Create(list[k].Gradient);
                    a0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w), a0);
                    a1 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 8), a1);
                    a2 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 16), a2);
                    b0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 24), b0);
                    b1 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 32), b1);
                    b2 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 40), b2);
                    c0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 48), c0);
                    c1 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 56), c1);
                    c2 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 64), c2);
                }

                // One after the other: groups beyond the patch repeat its start, where two of these may meet.
                Add(a, a0);
                Add(a + 8, a1);
                Add(a + 16, a2);
                Add(b, b0);
                Add(b + 8, b1);
                Add(b + 16, b2);
                Add(c, c0);
                Add(c + 8, c1);
                Add(c + 16, c2);
            }
            else
            {
                var from = weights + (group * 8);
                Vector a0 = Vector.Zero, b0 = Vector.Zero, c0 = Vector.Zero;
                for (var k = 0; k < count; k++)
                {
                    var w = from + list[k].Target;
                    var g = Vector256.Create(list[k].Gradient);
                    a0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w), a0);
                    b0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 8), b0);
                    c0 = Vector256.FusedMultiplyAdd(g, Vector256.Load(w + 16), c0);
                }

                Add(a, a0);
                Add(b, b0);
                Add(c, c0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* to, Vector value) => (Vector256.Load(to) + value).Store(to);
}
