using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>A stage forward: tiles of sums that are finished in the registers that they are in.</summary>
internal static unsafe class DirectConvolution
{
    /// <summary>Outputs of the largest tile.</summary>
    private const int TileOutputs = 8 * TileKernel.MostVectors * (int)VectorWidth.Sixteen;

    /// <summary>Floats that it needs beside input and output: a tile, and its winners, a byte each.</summary>
    public const int Scratch = TileOutputs + (TileOutputs / sizeof(float));

    /// <summary>Computes a stage's output.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image's input.</param>
    /// <param name="images">How many images; their inputs and outputs lie one after the other.</param>
    /// <param name="weights">A block of channels after the other: [patch, channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="output">The first image's output.</param>
    /// <param name="winners">Which of the four positions passed, a byte an output; null if nobody will ask.</param>
    /// <param name="tile">Room for <see cref="Scratch"/> floats.</param>
    /// <param name="share">Which part of the tiles to compute.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector>(StageGeometry geometry, float* input, int images, float* weights, float* bias, float* output, byte* winners, float* tile, Share share)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var count = geometry.PatchesPerImage * images;
        var tiles = (count + TLanes.TilePositions - 1) / TLanes.TilePositions;
        nint channels = geometry.Channels;
        var pooled = geometry.Stage.Pool ? 4 : 1;
        var (start, end) = share.Of(tiles * geometry.Blocks.Length);
        for (var b = 0; b < geometry.Blocks.Length; b++)
        {
            var block = geometry.Blocks[b];
            var blockBias = bias + block.First;
            var blockOutput = output + block.First;
            var blockWinners = winners == null ? null : winners + block.First;
            for (var number = Math.Max(0, start - (b * tiles)); number < Math.Min(tiles, end - (b * tiles)); number++)
            {
                var first = number * TLanes.TilePositions;
                var at = first / pooled * channels;
                if (count - first >= TLanes.TilePositions)
                {
                    Tile<TLanes, TVector>(geometry, block, input, first, TLanes.TilePositions, weights, new StageOutput(
                        geometry.Stage.Pool, blockBias, blockOutput + at, channels, winners == null ? null : blockWinners + at));
                    continue;
                }

                // Beyond the last position the table holds the start of the chunk: computed, and not kept.
                var tileWinners = (byte*)(tile + TileOutputs);
                var positions = TileKernel.PositionsFor<TLanes, TVector>(count - first);
                Tile<TLanes, TVector>(geometry, block, input, first, positions, weights, new StageOutput(geometry.Stage.Pool, blockBias, tile, block.Channels, tileWinners));
                for (var i = 0; i < (count - first) / pooled; i++)
                {
                    var to = at + (i * channels);
                    NativeMemory.Copy(tile + (i * block.Channels), blockOutput + to, (nuint)(block.Channels * sizeof(float)));
                    if (winners != null)
                    {
                        NativeMemory.Copy(tileWinners + (i * block.Channels), blockWinners + to, (nuint)block.Channels);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TLanes, TVector>(StageGeometry geometry, ChannelBlock block, float* input, int first, int positions, float* weights, StageOutput output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TileKernel.Run<TLanes, TVector, StageOutput>(
            positions, block.Vectors, input, geometry.Patches + first, geometry.Stage.KernelHeight, geometry.Run, geometry.RowStride,
            weights + ((nint)block.First * geometry.Patch), output);
}
