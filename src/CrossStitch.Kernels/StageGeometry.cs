using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>
/// Where a stage's numbers lie. Activations are stored image after image, row after row, pixel after pixel, channels
/// last, with channels rounded up to <see cref="Block"/> (the extra ones stay zero). A convolution then reads, for each
/// row of its kernel, one run of contiguous floats: <see cref="Run"/> = kernel width × channels.
/// </summary>
internal sealed unsafe class StageGeometry : IDisposable
{
    /// <summary>Output channels that a kernel computes at a time: two vectors of eight.</summary>
    public const int Block = 16;

    /// <summary>Outputs that are listed at a time in the backward pass, 8 bytes each.</summary>
    private const int ListedOutputs = 6144;

    /// <summary>Runs of at least this many floats are walked three vectors at a time, shorter ones one at a time.</summary>
    private const int WideRun = 24;

    public StageGeometry(KernelStage stage, int inputChannels, int inputStride, int height, int width, int chunk)
    {
        (Stage, InputChannels, InputStride, Width) = (stage, inputChannels, inputStride, width);
        InputFloats = height * width * inputStride;
        Channels = (stage.Channels + Block - 1) / Block * Block;
        var (rows, columns) = (height - stage.KernelHeight + 1, width - stage.KernelWidth + 1);
        (OutputHeight, OutputWidth) = stage.Pool ? (rows / 2, columns / 2) : (rows, columns);
        Run = stage.KernelWidth * inputStride;
        RowStride = width * inputStride;
        Positions = OutputHeight * OutputWidth;
        OutputFloats = Positions * Channels;

        Vectors = Run >= WideRun ? 3 : 1;
        var perRow = (Run + (8 * Vectors) - 1) / (8 * Vectors);
        Groups = (stage.KernelHeight * perRow + 2) / 3 * 3;
        WeightRow = Groups * Vectors * 8;
        GroupOffsets = AllocateInts(Groups);
        for (var group = 0; group < stage.KernelHeight * perRow; group++)
        {
            GroupOffsets[group] = (group / perRow * RowStride) + (group % perRow * 8 * Vectors);
        }

        PatchesPerImage = Positions * (stage.Pool ? 4 : 1);
        Patches = AllocateInts((PatchesPerImage * chunk) + 4);
        for (var image = 0; image < chunk; image++)
        {
            for (var patch = 0; patch < PatchesPerImage; patch++)
            {
                var (y, x) = stage.Pool
                    ? ((2 * (patch / 4 / OutputWidth)) + (patch % 4 / 2), (2 * (patch / 4 % OutputWidth)) + (patch % 2))
                    : (patch / OutputWidth, patch % OutputWidth);
                Patches[(image * PatchesPerImage) + patch] = (image * InputFloats) + (y * RowStride) + (x * inputStride);
            }
        }
    }

    ~StageGeometry() => Free();

    public KernelStage Stage { get; }

    /// <summary>Real input channels, and how many are stored.</summary>
    public int InputChannels { get; }

    public int InputStride { get; }

    public int Width { get; }

    /// <summary>Floats of one image's input.</summary>
    public int InputFloats { get; }

    /// <summary>Output channels as stored: a multiple of <see cref="Block"/>.</summary>
    public int Channels { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Output pixels of one image.</summary>
    public int Positions { get; }

    /// <summary>Floats of one image's output.</summary>
    public int OutputFloats { get; }

    /// <summary>Contiguous floats of one kernel row.</summary>
    public int Run { get; }

    /// <summary>Floats from one row of the input to the next.</summary>
    public int RowStride { get; }

    /// <summary>Convolution positions of one image: four for each pooled output, in scan order; else one.</summary>
    public int PatchesPerImage { get; }

    /// <summary>Offset of every position's patch from the first image of a chunk.</summary>
    public int* Patches { get; }

    /// <summary>Vectors of eight floats in a group: three where runs are long enough.</summary>
    public int Vectors { get; }

    /// <summary>Groups of vectors that cover a patch, a multiple of three; those beyond the patch repeat its start.</summary>
    public int Groups { get; }

    /// <summary>Offset of every group from the start of its patch.</summary>
    public int* GroupOffsets { get; }

    /// <summary>Floats of one output channel's weights in the layout that follows the groups.</summary>
    public int WeightRow { get; }

    /// <summary>Images whose outputs are listed at a time: few enough that lists and activations stay in cache.</summary>
    public int ImagesAtATime => Math.Max(1, ListedOutputs / OutputFloats);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int* AllocateInts(int count)
    {
        var ints = (int*)NativeMemory.AllocZeroed((nuint)count, sizeof(int));
        return ints;
    }

    private void Free()
    {
        NativeMemory.Free(Patches);
        NativeMemory.Free(GroupOffsets);
    }
}
