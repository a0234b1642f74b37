using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vector = System.Runtime.Intrinsics.Vector256<float>;

namespace CrossStitch.Kernels;

/// <summary>
/// Convolution, bias, ReLU and pooling in one pass. Four positions × sixteen channels stay in eight registers: every
/// step of the innermost loop loads two vectors of weights, broadcasts four inputs and does eight multiply-adds, enough
/// to hide their latency (two a cycle, four cycles each). The four positions are the cell that is pooled, so pooling
/// costs no memory at all.
/// </summary>
internal static unsafe class ConvolutionForward
{
    /// <summary>Computes sixteen output channels of some images.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image's input.</param>
    /// <param name="images">How many images; their inputs and outputs lie one after the other.</param>
    /// <param name="weights">[kernel row, run, 16]: see <see cref="WeightPacking"/>.</param>
    /// <param name="bias">16.</param>
    /// <param name="output">The first image's output, at the first of the channels.</param>
    /// <param name="argmax">Which of the four positions won, a byte an output; null if nobody will ask.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(StageGeometry geometry, float* input, int images, float* weights, float* bias, float* output, byte* argmax)
    {
        var patches = geometry.Patches;
        var count = geometry.PatchesPerImage * images;
        var rows = geometry.Stage.KernelHeight;
        nint run = geometry.Run;
        nint rowStride = geometry.RowStride;
        nint channels = geometry.Channels;
        var pool = geometry.Stage.Pool;
        var (biasLow, biasHigh) = (Vector256.Load(bias), Vector256.Load(bias + 8));
        for (var first = 0; first < count; first += 4)
        {
            // Beyond the last position the table repeats the start of the chunk: computed, and not stored.
            var p0 = input + patches[first];
            var p1 = input + patches[first + 1];
            var p2 = input + patches[first + 2];
            var p3 = input + patches[first + 3];
            Vector low0 = Vector.Zero, low1 = Vector.Zero, low2 = Vector.Zero, low3 = Vector.Zero;
            Vector high0 = Vector.Zero, high1 = Vector.Zero, high2 = Vector.Zero, high3 = Vector.Zero;
            var w = weights;
            for (var row = 0; row < rows; row++)
            {
                for (nint i = 0; i < run; i++)
                {
                    var (low, high) = (Vector256.Load(w), Vector256.Load(w + 8));
                    var x = Vector256.Create(p0[i]);
                    low0 = Vector256.FusedMultiplyAdd(x, low, low0);
                    high0 = Vector256.FusedMultiplyAdd(x, high, high0);
                    x = Vector256.Create(p1[i]);
                    low1 = Vector256.FusedMultiplyAdd(x, low, low1);
                    high1 = Vector256.FusedMultiplyAdd(x, high, high1);
                    x = Vector256.Create(p2[i]);
                    low2 = Vector256.FusedMultiplyAdd(x, low, low2);
                    high2 = Vector256.FusedMultiplyAdd(x, high, high2);
                    x = Vector256.Create(p3[i]);
                    low3 = Vector256.FusedMultiplyAdd(x, low, low3);
                    high3 = Vector256.FusedMultiplyAdd(x, high, high3);
                    w += StageGeometry.Block;
                }

                p0 += rowStride;
                p1 += rowStride;
                p2 += rowStride;
                p3 += rowStride;
            }

            if (pool)
            {
                var to = output + (first / 4 * channels);
                var lowest = Pool(low0, low1, low2, low3, out var lowIndex);
                var highest = Pool(high0, high1, high2, high3, out var highIndex);
                Relu(lowest + biasLow).Store(to);
                Relu(highest + biasHigh).Store(to + 8);
                if (argmax != null)
                {
                    var shorts = Vector256.Narrow(lowIndex, highIndex);
                    Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).AsByte().Store(argmax + (first / 4 * channels));
                }
            }
            else
            {
                var to = output + (first * channels);
                var stored = Math.Min(4, count - first);
                Relu(low0 + biasLow).Store(to);
                Relu(high0 + biasHigh).Store(to + 8);
                if (stored > 1)
                {
                    Relu(low1 + biasLow).Store(to + channels);
                    Relu(high1 + biasHigh).Store(to + channels + 8);
                }

                if (stored > 2)
                {
                    Relu(low2 + biasLow).Store(to + (2 * channels));
                    Relu(high2 + biasHigh).Store(to + (2 * channels) + 8);
                }

                if (stored > 3)
                {
                    Relu(low3 + biasLow).Store(to + (3 * channels));
                    Relu(high3 + biasHigh).Store(to + (3 * channels) + 8);
                }
            }
        }
    }

    /// <summary>max(0, x), where no number stays no number, as in TorchSharp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector Relu(Vector x) => Vector256.ConditionalSelect(Vector256.GreaterThan(Vector.Zero, x), Vector.Zero, x);

    /// <summary>The greatest of four, and which it was: the first of equals; no number wins over every number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector Pool(Vector a, Vector b, Vector c, Vector d, out Vector256<int> index)
    {
        var (best, at) = (a, Vector256<int>.Zero);
        Take(ref best, ref at, b, 1);
        Take(ref best, ref at, c, 2);
        Take(ref best, ref at, d, 3);
        index = at;
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref Vector best, ref Vector256<int> at, Vector other, int index)
    {
        var wins = Vector256.GreaterThan(other, best) | ~Vector256.Equals(other, other);
        best = Vector256.ConditionalSelect(wins, other, best);
        at = Vector256.ConditionalSelect(wins.AsInt32(), Vector256.Create(index), at);
    }
}
