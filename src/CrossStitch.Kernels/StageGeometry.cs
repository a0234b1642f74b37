using System.Runtime.InteropServices;
using CrossStitch.Kernels.Convolutions;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>
/// Where a stage's numbers lie. Activations are stored image after image, row after row, pixel after pixel, channels
/// last, with channels rounded up to <see cref="ChannelUnit"/> (the extra ones stay zero). A convolution then reads, for
/// each row of its kernel, one run of contiguous floats: <see cref="Run"/> = kernel width × channels.
/// </summary>
internal sealed unsafe class StageGeometry : IDisposable
{
    /// <summary>Channels are stored in multiples of this: a cache line of floats.</summary>
    public const int ChannelUnit = 16;

    /// <summary>Vectors that the backward pass sums at a time, in groups of three that lie one after the other.</summary>
    public const int GroupVectors = 3;

    /// <summary>Vectors that the backward pass sums at a time where a run is too short for groups.</summary>
    public const int NarrowVectors = 6;

    /// <summary>Images that go through all stages together, at most.</summary>
    public const int MostImages = 16;

    /// <summary>Entries behind the last position, which a tile may ask for: zeros, the start of the first image.</summary>
    private const int PatchesBehind = 8;

    /// <summary>Outputs that the backward pass takes at a time: few enough that what they touch stays in cache.</summary>
    private const int OutputsAtATime = 3072;

    /// <summary>Inputs that the backward pass takes at a time: half of a first cache of 48 KiB.</summary>
    private const int InputsAtATime = 6144;

    /// <summary>Works a stage out; its tables come with <see cref="MakeTables"/>.</summary>
    /// <exception cref="OverflowException">It is larger than its places can be counted.</exception>
    private StageGeometry(KernelStage stage, int inputChannels, int inputStride, int height, int width, VectorWidth lanes)
    {
        checked
        {
            (Stage, InputChannels, InputStride, Width, Lanes) = (stage, inputChannels, inputStride, width, lanes);
            InputFloats = height * width * inputStride;
            Channels = (stage.Channels + ChannelUnit - 1) / ChannelUnit * ChannelUnit;
            var (rows, columns) = (height - stage.KernelHeight + 1, width - stage.KernelWidth + 1);
            (PatchRows, PatchColumns) = (rows, columns);
            (OutputHeight, OutputWidth) = stage.Pool ? (rows / 2, columns / 2) : (rows, columns);
            Run = stage.KernelWidth * inputStride;
            RowStride = width * inputStride;
            Patch = stage.KernelHeight * Run;
            Positions = OutputHeight * OutputWidth;
            OutputFloats = Positions * Channels;
            Blocks = ChannelBlock.Split(Channels, (int)lanes);
            WinogradSize = Winograd.SizeFor(stage, inputStride, rows, columns);

            Wide = Run >= GroupVectors * (int)lanes;
            var group = Wide ? GroupVectors * (int)lanes : NarrowLanes;
            var atATime = Wide ? 3 : NarrowVectors;
            var perRow = (Run + group - 1) / group;
            RowInGroups = perRow * group;
            Groups = ((stage.KernelHeight * perRow) + atATime - 1) / atATime * atATime;
            WeightRow = Groups * group;
            PatchesPerImage = Positions * (stage.Pool ? 4 : 1);

            // What the tables of the most images hold must be a number too.
            _ = MostImages * (InputFloats + (4 * Positions));
        }
    }

    ~StageGeometry() => Free();

    /// <summary>The stages of towers, without tables.</summary>
    /// <param name="shape">The towers.</param>
    /// <param name="width">The vectors that the layout is for.</param>
    /// <exception cref="OverflowException">A stage is larger than its places can be counted.</exception>
    public static StageGeometry[] Of(KernelShape shape, VectorWidth width)
    {
        var (channels, stride, height, columns) = (shape.InputChannels, shape.InputChannels, shape.InputHeight, shape.InputWidth);
        var stages = new StageGeometry[shape.Stages.Count];
        for (var s = 0; s < stages.Length; s++)
        {
            stages[s] = new StageGeometry(shape.Stages[s], channels, stride, height, columns, width);
            (channels, stride, height, columns) = (shape.Stages[s].Channels, stages[s].Channels, stages[s].OutputHeight, stages[s].OutputWidth);
        }

        return stages;
    }

    public KernelStage Stage { get; }

    /// <summary>The vectors that the layout is for.</summary>
    public VectorWidth Lanes { get; }

    /// <summary>Real input channels, and how many are stored.</summary>
    public int InputChannels { get; }

    public int InputStride { get; }

    public int Width { get; }

    /// <summary>Floats of one image's input.</summary>
    public int InputFloats { get; }

    /// <summary>Output channels as stored: a multiple of <see cref="ChannelUnit"/>.</summary>
    public int Channels { get; }

    /// <summary>Rows of positions, before pooling.</summary>
    public int PatchRows { get; }

    /// <summary>Columns of positions, before pooling.</summary>
    public int PatchColumns { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Output pixels of one image.</summary>
    public int Positions { get; }

    /// <summary>Floats of one image's output.</summary>
    public int OutputFloats { get; }

    /// <summary>Contiguous floats of one kernel row.</summary>
    public int Run { get; }

    /// <summary>Floats of a patch: all rows of the kernel.</summary>
    public int Patch { get; }

    /// <summary>Output channels as the forward pass takes them.</summary>
    public ChannelBlock[] Blocks { get; }

    /// <summary>Outputs in a row of a Winograd tile, 4 or 2; 0 where the direct convolution is taken.</summary>
    public int WinogradSize { get; }

    /// <summary>Floats from one row of the input to the next.</summary>
    public int RowStride { get; }

    /// <summary>Convolution positions of one image: four for each pooled output, in scan order; else one.</summary>
    public int PatchesPerImage { get; }

    /// <summary>Offset of every position's patch from the first of the images.</summary>
    public int* Patches { get; private set; }

    /// <summary>Offset of the patch that each output has its gradient from, four an output: one for each place in its pool.</summary>
    public int* Targets { get; private set; }

    /// <summary>Whether the backward pass walks patches in groups of vectors, or, where runs are short, vector by vector.</summary>
    public bool Wide { get; }

    /// <summary>Floats of a vector where runs are short.</summary>
    public int NarrowLanes => Math.Min(8, (int)Lanes);

    /// <summary>Floats of one row of a patch as the backward pass walks it: the run, rounded up.</summary>
    public int RowInGroups { get; }

    /// <summary>Groups that cover a patch, and are walked three at a time (six where runs are short); those beyond it repeat its start.</summary>
    public int Groups { get; }

    /// <summary>Offset of every group from the start of its patch.</summary>
    public int* GroupOffsets { get; private set; }

    /// <summary>Floats of one output channel's weights in the layout that follows the groups.</summary>
    public int WeightRow { get; }

    /// <summary>Images that the backward pass takes at a time.</summary>
    public int ImagesAtATime => Math.Max(1, Math.Min(OutputsAtATime / OutputFloats, InputsAtATime / InputFloats));

    /// <summary>Bytes of the table that the forward pass needs.</summary>
    /// <param name="images">Images that go through all stages together.</param>
    public long TableBytes(int images) => (((long)PatchesPerImage * images) + PatchesBehind) * sizeof(int);

    /// <summary>Makes the tables of patches.</summary>
    /// <param name="images">Images that go through all stages together; at most <see cref="MostImages"/>.</param>
    /// <param name="backward">Whether the backward pass needs its tables too.</param>
    public void MakeTables(int images, bool backward)
    {
        Free();
        Patches = AllocateInts((PatchesPerImage * images) + PatchesBehind);
        Targets = backward ? AllocateInts(4 * Positions * images) : null;
        for (var number = 0; number < PatchesPerImage * images; number++)
        {
            var (image, patch) = (number / PatchesPerImage, number % PatchesPerImage);
            var (y, x) = Stage.Pool
                ? ((2 * (patch / 4 / OutputWidth)) + (patch % 4 / 2), (2 * (patch / 4 % OutputWidth)) + (patch % 2))
                : (patch / OutputWidth, patch % OutputWidth);
            Patches[number] = (image * InputFloats) + (y * RowStride) + (x * InputStride);
            if (backward)
            {
                Targets[Stage.Pool ? number : 4 * number] = Patches[number];
            }
        }

        if (!backward)
        {
            return;
        }

        var group = WeightRow / Groups;
        var perRow = RowInGroups / group;
        GroupOffsets = AllocateInts(Groups);
        for (var g = 0; g < Stage.KernelHeight * perRow; g++)
        {
            GroupOffsets[g] = (g / perRow * RowStride) + (g % perRow * group);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int* AllocateInts(int count) => (int*)NativeMemory.AllocZeroed((nuint)count, sizeof(int));

    private void Free()
    {
        NativeMemory.Free(Patches);
        NativeMemory.Free(Targets);
        NativeMemory.Free(GroupOffsets);
        Patches = Targets = GroupOffsets = null;
    }
}
