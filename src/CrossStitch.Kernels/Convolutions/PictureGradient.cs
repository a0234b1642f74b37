using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CrossStitch.Kernels.Vectors;
using Vector = System.Runtime.Intrinsics.Vector512<float>;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// Weight gradient of a pooled stage that reads a picture, an input of one channel, on AVX-512. Its patches are too
/// short for <see cref="RowSum"/>; but what the sixteen channels of a vector read of one pool, whichever of the four
/// positions won, lies in two rows of eight pixels, which fit one register: a permutation gives every channel its own.
/// </summary>
internal static unsafe class PictureGradient
{
    /// <summary>Columns of the widest kernel: a window of eight pixels holds those of two neighbours.</summary>
    private const int MostColumns = 7;

    /// <summary>Rows of the kernel that are summed together: what is known of a position serves all of them.</summary>
    private const int RowsAtATime = 3;

    /// <summary>Whether this way is open to a stage.</summary>
    /// <param name="geometry">The stage.</param>
    public static bool Takes(StageGeometry geometry) =>
        Avx512F.IsSupported && geometry.Lanes == VectorWidth.Sixteen && geometry.InputStride == 1 && geometry.Stage.Pool && geometry.Stage.KernelWidth <= MostColumns;

    /// <summary>Gradient of the weights, added to what is there.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image.</param>
    /// <param name="winners">Which position each output came from, or <see cref="StageOutput.Stopped"/>.</param>
    /// <param name="gradient">The first image's gradient of the outputs.</param>
    /// <param name="images">How many images.</param>
    /// <param name="weightGradient">[channels, weight row].</param>
    public static void Weights(StageGeometry geometry, float* input, byte* winners, float* gradient, int images, float* weightGradient)
    {
        var positions = geometry.Positions * images;
        var rows = geometry.Stage.KernelHeight;
        var columns = geometry.Stage.KernelWidth;
        nint channels = geometry.Channels;
        var sums = stackalloc float[RowsAtATime * MostColumns * Vector.Count];
        for (var block = 0; block < channels; block += Vector.Count)
        {
            for (var row = 0; row < rows; row += RowsAtATime)
            {
                var from = input + (row * geometry.RowStride);
                switch (rows - row)
                {
                    case 1:
                        Sum<Count.One>(geometry, from, winners + block, gradient + block, positions, columns, sums);
                        break;
                    case 2:
                        Sum<Count.Two>(geometry, from, winners + block, gradient + block, positions, columns, sums);
                        break;
                    default:
                        Sum<Count.Three>(geometry, from, winners + block, gradient + block, positions, columns, sums);
                        break;
                }

                for (var y = row; y < Math.Min(row + RowsAtATime, rows); y++)
                {
                    for (var c = 0; c < Vector.Count; c++)
                    {
                        var to = weightGradient + ((block + c) * (nint)geometry.WeightRow) + (y * geometry.RowInGroups);
                        for (var x = 0; x < columns; x++)
                        {
                            to[x] += sums[((((y - row) * MostColumns) + x) * Vector.Count) + c];
                        }
                    }
                }
            }
        }
    }

    /// <summary>Sums of up to three rows of the kernel: [row, column, channel].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TRows>(StageGeometry geometry, float* input, byte* winners, float* gradient, int positions, int columns, float* sums)
        where TRows : struct, ICount
    {
        nint channels = geometry.Channels;
        nint stride = geometry.RowStride;
        var targets = geometry.Targets;
        Vector a0 = Vector.Zero, a1 = Vector.Zero, a2 = Vector.Zero, a3 = Vector.Zero, a4 = Vector.Zero, a5 = Vector.Zero, a6 = Vector.Zero;
        Vector b0 = Vector.Zero, b1 = Vector.Zero, b2 = Vector.Zero, b3 = Vector.Zero, b4 = Vector.Zero, b5 = Vector.Zero, b6 = Vector.Zero;
        Vector c0 = Vector.Zero, c1 = Vector.Zero, c2 = Vector.Zero, c3 = Vector.Zero, c4 = Vector.Zero, c5 = Vector.Zero, c6 = Vector.Zero;
        for (nint position = 0; position < positions; position++, winners += channels, gradient += channels)
        {
            var place = Avx512F.ConvertToVector512Int32(Vector128.Load(winners));
            var passes = Vector512.LessThan(place, Vector512.Create((int)StageOutput.Stopped));
            var given = Vector512.ConditionalSelect(passes.AsSingle(), Vector512.Load(gradient), Vector.Zero);

            // Places 0 to 3 are pixels 0, 1, 8 and 9 of the window.
            var pixel = place + ((place >>> 1) * 6);
            var pixels = input + targets[4 * position];
            var a = Window(pixels, stride);
            var b = TRows.Value > 1 ? Window(pixels + stride, stride) : a;
            var c = TRows.Value > 2 ? Window(pixels + (2 * stride), stride) : a;
            var one = Vector512<int>.One;
            a0 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a0);
            b0 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b0) : b0;
            c0 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c0) : c0;
            pixel += one;
            a1 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a1);
            b1 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b1) : b1;
            c1 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c1) : c1;
            pixel += one;
            a2 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a2);
            b2 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b2) : b2;
            c2 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c2) : c2;
            pixel += one;
            a3 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a3);
            b3 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b3) : b3;
            c3 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c3) : c3;
            pixel += one;
            a4 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a4);
            b4 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b4) : b4;
            c4 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c4) : c4;
            if (columns > 5)
            {
                pixel += one;
                a5 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a5);
                b5 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b5) : b5;
                c5 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c5) : c5;
                pixel += one;
                a6 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(a, pixel), a6);
                b6 = TRows.Value > 1 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(b, pixel), b6) : b6;
                c6 = TRows.Value > 2 ? Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(c, pixel), c6) : c6;
            }
        }

        Store(sums, a0, a1, a2, a3, a4, a5, a6);
        Store(sums + (MostColumns * Vector.Count), b0, b1, b2, b3, b4, b5, b6);
        Store(sums + (2 * MostColumns * Vector.Count), c0, c1, c2, c3, c4, c5, c6);
    }

    /// <summary>Eight pixels and the eight below them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector Window(float* pixels, nint stride) => Vector512.Create(Vector256.Load(pixels), Vector256.Load(pixels + stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* to, Vector s0, Vector s1, Vector s2, Vector s3, Vector s4, Vector s5, Vector s6)
    {
        s0.Store(to);
        s1.Store(to + Vector.Count);
        s2.Store(to + (2 * Vector.Count));
        s3.Store(to + (3 * Vector.Count));
        s4.Store(to + (4 * Vector.Count));
        s5.Store(to + (5 * Vector.Count));
        s6.Store(to + (6 * Vector.Count));
    }
}
