using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// A pooled stage that reads a picture, an input of one channel, forward. With one vector of output channels a tile of
/// <see cref="TileKernel"/> would be eight sums, no more than it takes to keep multipliers busy; here it is three pools
/// side by side, twelve sums, whose patches are known from one place and need no table.
/// </summary>
internal static unsafe class PictureConvolution
{
    /// <summary>Pools of a tile.</summary>
    private const int Pools = 3;

    /// <summary>Whether this way is open to a stage.</summary>
    /// <param name="geometry">The stage.</param>
    public static bool Takes(StageGeometry geometry) =>
        geometry.InputStride == 1 && geometry.Stage.Pool && geometry.OutputWidth >= Pools && geometry.Channels == (int)geometry.Lanes;

    /// <summary>Computes a stage's output.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image.</param>
    /// <param name="images">How many images; they and their outputs lie one after the other.</param>
    /// <param name="weights">[patch, channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="output">The first image's output.</param>
    /// <param name="winners">Which of the four positions passed, a byte an output; null if nobody will ask.</param>
    /// <param name="share">Which part of every image's rows to compute.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector>(StageGeometry geometry, float* input, int images, float* weights, float* bias, float* output, byte* winners, Share share)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (firstRow, endRow) = share.Of(geometry.OutputHeight);
        for (var image = 0; image < images; image++, input += geometry.InputFloats)
        {
            for (var row = firstRow; row < endRow; row++)
            {
                for (var column = 0; column < geometry.OutputWidth; column += Pools)
                {
                    // The last tile of a row ends with the row, though the one before it has done some of it.
                    var first = Math.Min(column, geometry.OutputWidth - Pools);
                    var at = ((((nint)image * geometry.OutputHeight) + row) * geometry.OutputWidth) + first;
                    Tile<TLanes, TVector>(
                        input + (2 * ((row * geometry.Width) + first)), geometry.Width, geometry.Stage.KernelHeight, geometry.Stage.KernelWidth, weights,
                        new StageOutput(true, bias, output + (at * TLanes.Count), TLanes.Count, winners == null ? null : winners + (at * TLanes.Count)));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TLanes, TVector>(float* upper, nint width, int rows, nint columns, float* weights, StageOutput output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var lower = upper + width;
        var zero = TLanes.Spread(0);
        TVector u0 = zero, u1 = zero, u2 = zero, u3 = zero, u4 = zero, u5 = zero;
        TVector l0 = zero, l1 = zero, l2 = zero, l3 = zero, l4 = zero, l5 = zero;
        for (var row = 0; row < rows; row++)
        {
            for (nint x = 0; x < columns; x++)
            {
                var w = TLanes.Load(weights);
                weights += TLanes.Count;
                u0 = TLanes.MultiplyAdd(TLanes.Spread(upper[x]), w, u0);
                u1 = TLanes.MultiplyAdd(TLanes.Spread(upper[x + 1]), w, u1);
                u2 = TLanes.MultiplyAdd(TLanes.Spread(upper[x + 2]), w, u2);
                u3 = TLanes.MultiplyAdd(TLanes.Spread(upper[x + 3]), w, u3);
                u4 = TLanes.MultiplyAdd(TLanes.Spread(upper[x + 4]), w, u4);
                u5 = TLanes.MultiplyAdd(TLanes.Spread(upper[x + 5]), w, u5);
                l0 = TLanes.MultiplyAdd(TLanes.Spread(lower[x]), w, l0);
                l1 = TLanes.MultiplyAdd(TLanes.Spread(lower[x + 1]), w, l1);
                l2 = TLanes.MultiplyAdd(TLanes.Spread(lower[x + 2]), w, l2);
                l3 = TLanes.MultiplyAdd(TLanes.Spread(lower[x + 3]), w, l3);
                l4 = TLanes.MultiplyAdd(TLanes.Spread(lower[x + 4]), w, l4);
                l5 = TLanes.MultiplyAdd(TLanes.Spread(lower[x + 5]), w, l5);
            }

            upper = lower;
            lower += width;
        }

        output.Put<TLanes, TVector>(0, 0, u0, u1, l0, l1);
        output.Put<TLanes, TVector>(4, 0, u2, u3, l2, l3);
        output.Put<TLanes, TVector>(8, 0, u4, u5, l4, l5);
    }
}
