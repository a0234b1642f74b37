namespace CrossStitch.Kernels;

/// <summary>What a worker writes on the way forward: some images, and what every stage makes of them.</summary>
/// <param name="plan">Where what lies.</param>
internal sealed unsafe class ForwardMemory(ForwardPlan plan) : IDisposable
{
    private readonly FloatBuffer _memory = new(plan.Length);

    /// <summary>Images that there is room for.</summary>
    public int Images => plan.Images;

    /// <summary>What the forward pass of a stage needs beside its input and output.</summary>
    public float* Scratch => _memory.Pointer + plan.Scratch;

    /// <summary>The images, channels last.</summary>
    public float* Input => _memory.Pointer + plan.Input;

    /// <summary>Features of the images: [towers, images, features].</summary>
    public float* Features => _memory.Pointer + plan.Features;

    /// <summary>A stage's own output.</summary>
    public float* Output(int tower, int stage) => _memory.Pointer + plan.Stages[tower][stage];

    /// <summary>What the next stage reads: the mix where towers are stitched, else the output itself.</summary>
    public float* Activations(int tower, int stage) => _memory.Pointer + plan.Mixes[tower][stage];

    public void Dispose() => _memory.Dispose();
}
