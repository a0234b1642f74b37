using CrossStitch.Kernels.Convolutions;

namespace CrossStitch.Kernels;

/// <summary>Where lies what a worker writes on the way forward.</summary>
internal sealed class ForwardPlan
{
    private readonly FloatPlan _plan = new();

    /// <summary>Plans the memory of a worker.</summary>
    /// <param name="shape">The towers.</param>
    /// <param name="stages">Their stages.</param>
    /// <param name="images">Images that go through all stages together.</param>
    public ForwardPlan(KernelShape shape, StageGeometry[] stages, int images)
    {
        long[][] Outputs() => [.. Enumerable.Range(0, shape.Towers).Select(_ => stages.Select(stage => _plan.Add((long)stage.OutputFloats * images)).ToArray())];
        Images = images;
        ScratchFloats = ScratchOf(stages);
        Input = _plan.Add((long)stages[0].InputFloats * images);
        Stages = Outputs();
        Mixes = shape.Stitched ? Outputs() : Stages;
        Features = _plan.Add((long)shape.Towers * images * stages[^1].Stage.Channels * stages[^1].Positions);
        Scratch = _plan.Add(ScratchFloats);
    }

    /// <summary>Images that go through all stages together.</summary>
    public int Images { get; }

    /// <summary>The images: [images, rows, columns, channels].</summary>
    public long Input { get; }

    /// <summary>By tower and stage: its own output.</summary>
    public long[][] Stages { get; }

    /// <summary>By tower and stage: what the next stage reads.</summary>
    public long[][] Mixes { get; }

    /// <summary>[towers, images, features].</summary>
    public long Features { get; }

    /// <summary>What a stage needs beside its input and output.</summary>
    public long Scratch { get; }

    /// <summary>How many floats that is.</summary>
    public long ScratchFloats { get; }

    /// <summary>Floats of it all.</summary>
    public long Length => _plan.Length;

    /// <summary>Bytes of it all.</summary>
    public long Bytes => _plan.Bytes;

    /// <summary>Floats that any stage needs beside its input and output.</summary>
    /// <param name="stages">The stages.</param>
    public static long ScratchOf(StageGeometry[] stages) => stages.Max(Winograd.Scratch);
}
