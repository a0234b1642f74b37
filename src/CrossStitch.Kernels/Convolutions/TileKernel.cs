using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// The multiply-adds of every convolution: a tile of positions × vectors of output channels stays in registers while
/// its inputs go by. A step loads the weights of the tile's channels and spreads one input of each position: with eight
/// positions and three vectors, eleven loads for twenty-four multiply-adds.
/// </summary>
internal static unsafe class TileKernel
{
    /// <summary>Most vectors of output channels in a tile.</summary>
    public const int MostVectors = 3;

    /// <summary>Positions in a tile: as many as the registers hold, or half of them where no more are left.</summary>
    /// <param name="left">How many positions are left to compute.</param>
    public static int PositionsFor<TLanes, TVector>(int left)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => left <= 4 ? 4 : TLanes.TilePositions;

    /// <summary>Computes a tile.</summary>
    /// <param name="positions">How many positions, as <see cref="PositionsFor"/> has it.</param>
    /// <param name="vectors">Vectors of output channels, at most <see cref="MostVectors"/>.</param>
    /// <param name="input">What the offsets count from.</param>
    /// <param name="patches">The offset of each position's patch.</param>
    /// <param name="rows">Rows of a patch.</param>
    /// <param name="run">Floats of a patch's row.</param>
    /// <param name="rowStride">Floats from one row to the next.</param>
    /// <param name="weights">[rows, run, vectors].</param>
    /// <param name="output">What becomes of the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLanes, TVector, TOutput>(int positions, int vectors, float* input, int* patches, int rows, nint run, nint rowStride, float* weights, TOutput output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TOutput : struct, ITileOutput
    {
        if (positions == 4)
        {
            Run<TLanes, TVector, TOutput, Count.Four>(vectors, input, patches, rows, run, rowStride, weights, output);
        }
        else
        {
            Run<TLanes, TVector, TOutput, Count.Eight>(vectors, input, patches, rows, run, rowStride, weights, output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TLanes, TVector, TOutput, TPositions>(int vectors, float* input, int* patches, int rows, nint run, nint rowStride, float* weights, TOutput output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TOutput : struct, ITileOutput
        where TPositions : struct, ICount
    {
        switch (vectors)
        {
            case 1:
                Run<TLanes, TVector, TOutput, TPositions, Count.One>(input, patches, rows, run, rowStride, weights, output);
                break;
            case 2:
                Run<TLanes, TVector, TOutput, TPositions, Count.Two>(input, patches, rows, run, rowStride, weights, output);
                break;
            default:
                Run<TLanes, TVector, TOutput, TPositions, Count.Three>(input, patches, rows, run, rowStride, weights, output);
                break;
        }
    }

    /// <summary>
    /// The tile for one size. What lies beyond the size is never read: the compiler leaves it out, and the registers too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector, TOutput, TPositions, TVectors>(float* input, int* patches, int rows, nint run, nint rowStride, float* weights, TOutput output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TOutput : struct, ITileOutput
        where TPositions : struct, ICount
        where TVectors : struct, ICount
    {
        var p0 = input + patches[0];
        var p1 = input + patches[1];
        var p2 = input + patches[2];
        var p3 = input + patches[3];
        var p4 = TPositions.Value == 8 ? input + patches[4] : p0;
        var p5 = TPositions.Value == 8 ? input + patches[5] : p0;
        var p6 = TPositions.Value == 8 ? input + patches[6] : p0;
        var p7 = TPositions.Value == 8 ? input + patches[7] : p0;

        var zero = TLanes.Spread(0);
        TVector s00 = zero, s01 = zero, s02 = zero;
        TVector s10 = zero, s11 = zero, s12 = zero;
        TVector s20 = zero, s21 = zero, s22 = zero;
        TVector s30 = zero, s31 = zero, s32 = zero;
        TVector s40 = zero, s41 = zero, s42 = zero;
        TVector s50 = zero, s51 = zero, s52 = zero;
        TVector s60 = zero, s61 = zero, s62 = zero;
        TVector s70 = zero, s71 = zero, s72 = zero;
        for (var row = 0; row < rows; row++)
        {
            for (nint i = 0; i < run; i++)
            {
                var w0 = TLanes.Load(weights);
                var w1 = TVectors.Value > 1 ? TLanes.Load(weights + TLanes.Count) : w0;
                var w2 = TVectors.Value > 2 ? TLanes.Load(weights + (2 * TLanes.Count)) : w0;
                weights += TVectors.Value * TLanes.Count;
                var x = TLanes.Spread(p0[i]);
                s00 = TLanes.MultiplyAdd(x, w0, s00);
                s01 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s01) : zero;
                s02 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s02) : zero;
                x = TLanes.Spread(p1[i]);
                s10 = TLanes.MultiplyAdd(x, w0, s10);
                s11 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s11) : zero;
                s12 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s12) : zero;
                x = TLanes.Spread(p2[i]);
                s20 = TLanes.MultiplyAdd(x, w0, s20);
                s21 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s21) : zero;
                s22 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s22) : zero;
                x = TLanes.Spread(p3[i]);
                s30 = TLanes.MultiplyAdd(x, w0, s30);
                s31 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s31) : zero;
                s32 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s32) : zero;
                if (TPositions.Value == 8)
                {
                    x = TLanes.Spread(p4[i]);
                    s40 = TLanes.MultiplyAdd(x, w0, s40);
                    s41 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s41) : zero;
                    s42 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s42) : zero;
                    x = TLanes.Spread(p5[i]);
                    s50 = TLanes.MultiplyAdd(x, w0, s50);
                    s51 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s51) : zero;
                    s52 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s52) : zero;
                    x = TLanes.Spread(p6[i]);
                    s60 = TLanes.MultiplyAdd(x, w0, s60);
                    s61 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s61) : zero;
                    s62 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s62) : zero;
                    x = TLanes.Spread(p7[i]);
                    s70 = TLanes.MultiplyAdd(x, w0, s70);
                    s71 = TVectors.Value > 1 ? TLanes.MultiplyAdd(x, w1, s71) : zero;
                    s72 = TVectors.Value > 2 ? TLanes.MultiplyAdd(x, w2, s72) : zero;
                }
            }

            p0 += rowStride;
            p1 += rowStride;
            p2 += rowStride;
            p3 += rowStride;
            if (TPositions.Value == 8)
            {
                p4 += rowStride;
                p5 += rowStride;
                p6 += rowStride;
                p7 += rowStride;
            }
        }

        output.Put<TLanes, TVector>(0, 0, s00, s10, s20, s30);

        if (TVectors.Value > 1)
        {
            output.Put<TLanes, TVector>(0, TLanes.Count, s01, s11, s21, s31);
        }

        if (TVectors.Value > 2)
        {
            output.Put<TLanes, TVector>(0, 2 * TLanes.Count, s02, s12, s22, s32);
        }

        if (TPositions.Value == 8)
        {
            output.Put<TLanes, TVector>(4, 0, s40, s50, s60, s70);

            if (TVectors.Value > 1)
            {
                output.Put<TLanes, TVector>(4, TLanes.Count, s41, s51, s61, s71);
            }

            if (TVectors.Value > 2)
            {
                output.Put<TLanes, TVector>(4, 2 * TLanes.Count, s42, s52, s62, s72);
            }
        }
    }
}
