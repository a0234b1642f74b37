using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>Where Winograd's algorithm is taken, and what it needs.</summary>
internal static class Winograd
{
    /// <summary>Vectors between the two halves of a two-dimensional transform, and after it.</summary>
    private const int WorkVectors = 36 + (9 * MostTiles);

    /// <summary>Tiles of an image with m = 3; a tile of products has room for as many everywhere.</summary>
    private const int MostTiles = 4;

    /// <summary>Outputs in a row of a tile: 4, 3, 2, or 0 where the direct convolution is taken.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="inputStride">Input channels as stored.</param>
    /// <param name="rows">Rows of positions.</param>
    /// <param name="columns">Columns of positions.</param>
    public static int SizeFor(KernelStage stage, int inputStride, int rows, int columns)
    {
        if (stage.KernelHeight != 3 || stage.KernelWidth != 3 || inputStride % StageGeometry.ChannelUnit != 0)
        {
            return 0;
        }

        if (rows % 2 != 0 || columns % 2 != 0)
        {
            return 0;
        }

        // With m = 3 all tiles of an image are put together, so they must be few.
        return rows % 4 == 0 && columns % 4 == 0 ? 4 : rows % 3 == 0 && columns % 3 == 0 && rows * columns <= MostTiles * 9 ? 3 : 2;
    }

    /// <summary>Products a pair of channels of a tile; 9 where the direct convolution is taken.</summary>
    /// <param name="size">Outputs in a row of a tile, or 0.</param>
    public static int Places(int size) => (size + 2) * (size + 2);

    /// <summary>Floats that the forward pass of a stage needs beside its input and output.</summary>
    /// <param name="geometry">The stage.</param>
    public static int Scratch(StageGeometry geometry) => geometry.WinogradSize == 0
        ? DirectConvolution.Scratch
        : Math.Max(DirectConvolution.Scratch, (Places(geometry.WinogradSize) * 8 * (geometry.InputStride + geometry.Channels)) + (WorkVectors * (int)VectorWidth.Sixteen));
}
