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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights(StageGeometry geometry, float* input, byte* winners, float* gradient, int images, float* weightGradient)
    {
        var positions = geometry.Positions * images;
        var columns = geometry.Stage.KernelWidth;
        nint channels = geometry.Channels;
        var sums = stackalloc float[8 * Vector.Count];
        for (var block = 0; block < channels; block += Vector.Count)
        {
            for (var row = 0; row < geometry.Stage.KernelHeight; row++)
            {
                var from = input + (row * geometry.RowStride);
                Vector s0 = Vector.Zero, s1 = Vector.Zero, s2 = Vector.Zero, s3 = Vector.Zero, s4 = Vector.Zero, s5 = Vector.Zero, s6 = Vector.Zero;
                for (nint position = 0; position < positions; position++)
                {
                    var at = (position * channels) + block;
                    var place = Avx512F.ConvertToVector512Int32(Vector128.Load(winners + at));
                    var passes = Vector512.LessThan(place, Vector512.Create((int)StageOutput.Stopped));
                    var given = Vector512.ConditionalSelect(passes.AsSingle(), Vector512.Load(gradient + at), Vector.Zero);

                    // Places 0 to 3 are pixels 0, 1, 8 and 9 of the window.
                    var pixel = place + ((place >>> 1) * 6);
                    var pixels = from + geometry.Targets[4 * position];
                    var window = Vector512.Create(Vector256.Load(pixels), Vector256.Load(pixels + geometry.RowStride));
                    var one = Vector512<int>.One;
                    s0 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s0);
                    pixel += one;
                    s1 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s1);
                    pixel += one;
                    s2 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s2);
                    pixel += one;
                    s3 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s3);
                    pixel += one;
                    s4 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s4);
                    if (columns > 5)
                    {
                        pixel += one;
                        s5 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s5);
                        pixel += one;
                        s6 = Vector512.FusedMultiplyAdd(given, Avx512F.PermuteVar16x32(window, pixel), s6);
                    }
                }

                s0.Store(sums);
                s1.Store(sums + Vector.Count);
                s2.Store(sums + (2 * Vector.Count));
                s3.Store(sums + (3 * Vector.Count));
                s4.Store(sums + (4 * Vector.Count));
                s5.Store(sums + (5 * Vector.Count));
                s6.Store(sums + (6 * Vector.Count));
                for (var c = 0; c < Vector.Count; c++)
                {
                    var to = weightGradient + ((block + c) * (nint)geometry.WeightRow) + (row * geometry.RowInGroups);
                    for (var x = 0; x < columns; x++)
                    {
                        to[x] += sums[(x * Vector.Count) + c];
                    }
                }
            }
        }
    }
}
