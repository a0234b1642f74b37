namespace CrossStitch.Kernels;

/// <summary>For how many images there is room in an <see cref="InferenceProgram"/>.</summary>
/// <param name="Images">Images that go through all stages together.</param>
/// <param name="Spread">Whether each worker has room of its own for them, or all have the room of one.</param>
internal readonly record struct InferenceSize(int Images, bool Spread)
{
    /// <summary>What a batch goes through fastest with.</summary>
    /// <param name="batch">How many images; at least one.</param>
    /// <param name="workers">How many workers.</param>
    public static InferenceSize For(int batch, int workers)
    {
        var each = (int)Math.Min(StageGeometry.MostImages, ((long)batch + workers - 1) / workers);
        return new((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)each), batch > 1 && workers > 1);
    }

    /// <summary>The next smaller one; null if this is the smallest.</summary>
    public InferenceSize? Smaller => Images > 1 ? this with { Images = Images / 2 } : Spread ? this with { Spread = false } : null;

    /// <summary>How many workers have room for images.</summary>
    /// <param name="workers">How many workers.</param>
    public int Memories(int workers) => Spread ? workers : 1;

    /// <summary>Bytes that a program takes, its tables included.</summary>
    /// <param name="shape">The towers.</param>
    /// <param name="stages">Their stages.</param>
    /// <param name="workers">How many workers.</param>
    public long Bytes(KernelShape shape, StageGeometry[] stages, int workers)
    {
        var (images, plan) = (Images, new ForwardPlan(shape, stages, Images));
        return (Memories(workers) * plan.Bytes)
            + ((workers - Memories(workers)) * (plan.ScratchFloats + FloatBuffer.Slack) * sizeof(float))
            + stages.Sum(stage => stage.TableBytes(images));
    }
}
