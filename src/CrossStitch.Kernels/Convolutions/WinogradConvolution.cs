using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// A 3×3 stage forward by Winograd's algorithm. Tiles of (m + 2)² inputs become m² outputs by way of (m + 2)² products a
/// pair of channels, where the direct way has 9 m²: 36 for 144 with m = 4. For each of the (m + 2)² places the products
/// are a multiplication of matrices, [tiles, in] × [in, out], which <see cref="TileKernel"/> does for as many tiles at a
/// time as it has positions.
/// </summary>
internal static unsafe class WinogradConvolution
{
    /// <summary>Computes a stage's output.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image's input.</param>
    /// <param name="images">How many images; their inputs and outputs lie one after the other.</param>
    /// <param name="weights">A block of channels after the other: [place, in, channels], transformed.</param>
    /// <param name="bias">[channels].</param>
    /// <param name="output">The first image's output.</param>
    /// <param name="winners">Which of the four positions passed, a byte an output; null if nobody will ask.</param>
    /// <param name="scratch">Room for <see cref="Winograd.Scratch"/> floats.</param>
    /// <param name="share">Which part of the tiles to compute, or of the channels where there are too few tiles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TTransform, TLanes, TVector>(StageGeometry geometry, float* input, int images, float* weights, float* bias, float* output, byte* winners, float* scratch, Share share)
        where TTransform : struct, IWinogradTransform
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TTransform.Outputs + 2;
        var places = side * side;
        var inputs = geometry.InputStride;
        var channels = geometry.Channels;
        var factors = scratch;
        var products = factors + (places * TLanes.TilePositions * inputs);
        var work = products + (places * TLanes.TilePositions * channels);
        var plane = work + (places * TLanes.Count);
        var rows = stackalloc int[TLanes.TilePositions];
        for (var i = 0; i < TLanes.TilePositions; i++)
        {
            rows[i] = i * inputs;
        }

        var across = geometry.PatchColumns / TTransform.Outputs;
        var perImage = across * (geometry.PatchRows / TTransform.Outputs);
        var count = perImage * images;

        // Tiles of an odd side cut pools in two: all of an image's are put together before they are pooled.
        var whole = TTransform.Outputs % 2 == 1;
        var groups = (count + TLanes.TilePositions - 1) / TLanes.TilePositions;
        var (firstGroup, endGroup) = groups < share.Parts ? (0, groups) : share.Of(groups);
        var (firstBlock, endBlock) = groups < share.Parts ? share.Of(geometry.Blocks.Length) : (0, geometry.Blocks.Length);
        if (firstBlock == endBlock)
        {
            return;
        }

        var (firstChannel, endChannel) = (geometry.Blocks[firstBlock].First, geometry.Blocks[endBlock - 1].First + geometry.Blocks[endBlock - 1].Channels);
        for (var group = firstGroup; group < endGroup; group++)
        {
            var first = group * TLanes.TilePositions;
            var tiles = Math.Min(TLanes.TilePositions, count - first);
            var positions = TileKernel.PositionsFor<TLanes, TVector>(tiles);
            for (var tile = 0; tile < tiles; tile++)
            {
                var (image, number) = ((first + tile) / perImage, (first + tile) % perImage);
                var corner = input + ((nint)image * geometry.InputFloats)
                    + (number / across * TTransform.Outputs * geometry.RowStride) + (number % across * TTransform.Outputs * inputs);
                for (var c = 0; c < inputs; c += TLanes.Count)
                {
                    TransformInput<TTransform, TLanes, TVector>(corner + c, inputs, geometry.RowStride, factors + (tile * inputs) + c, TLanes.TilePositions * inputs, work);
                }
            }

            for (var b = firstBlock; b < endBlock; b++)
            {
                var block = geometry.Blocks[b];
                var from = weights + ((nint)block.First * places * inputs);
                for (var place = 0; place < places; place++)
                {
                    TileKernel.Run<TLanes, TVector, RawOutput>(
                        positions, block.Vectors, factors + (place * TLanes.TilePositions * inputs), rows, 1, inputs, 0, from + ((nint)place * inputs * block.Channels),
                        new RawOutput(products + (place * TLanes.TilePositions * channels) + block.First, channels));
                }
            }

            for (var tile = 0; tile < tiles; tile += whole ? perImage : 1)
            {
                var (image, number) = ((first + tile) / perImage, (first + tile) % perImage);
                var offset = (nint)image * geometry.OutputFloats;
                for (var c = firstChannel; c < endChannel; c += TLanes.Count)
                {
                    var from = products + (tile * channels) + c;
                    var to = output + offset + c;
                    var passed = winners == null ? null : winners + offset + c;
                    if (whole)
                    {
                        for (var part = 0; part < perImage; part++)
                        {
                            var corner = ((part / across * geometry.PatchColumns) + (part % across)) * TTransform.Outputs * TLanes.Count;
                            TransformOutput<TTransform, TLanes, TVector>(from + (part * channels), TLanes.TilePositions * channels, work, plane + corner, geometry.PatchColumns * TLanes.Count);
                        }

                        Finish<TLanes, TVector>(geometry, 0, 0, plane, geometry.PatchRows, geometry.PatchColumns, bias + c, to, passed);
                    }
                    else
                    {
                        TransformOutput<TTransform, TLanes, TVector>(from, TLanes.TilePositions * channels, work, plane, TTransform.Outputs * TLanes.Count);
                        Finish<TLanes, TVector>(
                            geometry, number / across * TTransform.Outputs, number % across * TTransform.Outputs, plane, TTransform.Outputs, TTransform.Outputs, bias + c, to, passed);
                    }
                }
            }
        }
    }

    /// <summary>Transforms weights that lie as the direct convolution reads them.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="direct">A block of channels after the other: [3, 3, in, channels].</param>
    /// <param name="transformed">Receives a block after the other: [place, in, channels].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformWeights<TTransform, TLanes, TVector>(StageGeometry geometry, float* direct, float* transformed)
        where TTransform : struct, IWinogradTransform
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TTransform.Outputs + 2;
        var inputs = geometry.InputStride;
        var columns = stackalloc float[18 * TLanes.Count];
        foreach (var block in geometry.Blocks)
        {
            var from = direct + ((nint)block.First * geometry.Patch);
            var to = transformed + ((nint)block.First * side * side * inputs);
            nint tap = inputs * block.Channels;
            for (nint at = 0; at < tap; at += TLanes.Count)
            {
                for (var x = 0; x < 3; x++)
                {
                    TTransform.Weights<TLanes, TVector>(from + at + (x * tap), 3 * tap, columns + (x * TLanes.Count), 3 * TLanes.Count);
                }

                for (var y = 0; y < side; y++)
                {
                    TTransform.Weights<TLanes, TVector>(columns + (y * 3 * TLanes.Count), TLanes.Count, to + at + (y * side * tap), tap);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformInput<TTransform, TLanes, TVector>(float* corner, nint pixel, nint row, float* factors, nint place, float* work)
        where TTransform : struct, IWinogradTransform
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TTransform.Outputs + 2;
        for (var x = 0; x < side; x++)
        {
            TTransform.Input<TLanes, TVector>(corner + (x * pixel), row, work + (x * TLanes.Count), side * TLanes.Count);
        }

        for (var y = 0; y < side; y++)
        {
            TTransform.Input<TLanes, TVector>(work + (y * side * TLanes.Count), TLanes.Count, factors + (y * side * place), place);
        }
    }

    /// <summary>Products to m × m sums, row after row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformOutput<TTransform, TLanes, TVector>(float* products, nint place, float* work, float* sums, nint row)
        where TTransform : struct, IWinogradTransform
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var side = TTransform.Outputs + 2;
        for (var x = 0; x < side; x++)
        {
            TTransform.Output<TLanes, TVector>(products + (x * place), side * place, work + (x * TLanes.Count), side * TLanes.Count);
        }

        for (var y = 0; y < TTransform.Outputs; y++)
        {
            TTransform.Output<TLanes, TVector>(work + (y * side * TLanes.Count), TLanes.Count, sums + (y * row), TLanes.Count);
        }
    }

    /// <summary>Sums of some rows and columns, both even, to outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TVector>(StageGeometry geometry, int firstRow, int firstColumn, float* sums, int rows, int columns, float* bias, float* output, byte* winners)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Cells of four positions: what is pooled, or four outputs of their own.
        var across = TLanes.Count;
        var down = columns * TLanes.Count;
        nint channels = geometry.Channels;
        var pool = geometry.Stage.Pool;
        for (var y = 0; y < rows; y += 2)
        {
            for (var x = 0; x < columns; x += 2)
            {
                var from = sums + (y * down) + (x * across);
                var (a, b) = (TLanes.Load(from), TLanes.Load(from + across));
                var (c, d) = (TLanes.Load(from + down), TLanes.Load(from + down + across));
                if (pool)
                {
                    var at = (((firstRow + y) / 2 * geometry.OutputWidth) + ((firstColumn + x) / 2)) * channels;
                    new StageOutput(true, bias, output + at, channels, winners == null ? null : winners + at).Put<TLanes, TVector>(0, 0, a, b, c, d);
                }
                else
                {
                    var at = (((firstRow + y) * geometry.OutputWidth) + firstColumn + x) * channels;
                    var next = at + (geometry.OutputWidth * channels);
                    new StageOutput(false, bias, output + at, channels, winners == null ? null : winners + at).PutTwo<TLanes, TVector>(a, b);
                    new StageOutput(false, bias, output + next, channels, winners == null ? null : winners + next).PutTwo<TLanes, TVector>(c, d);
                }
            }
        }
    }
}
