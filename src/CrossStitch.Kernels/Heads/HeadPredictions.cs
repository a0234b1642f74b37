namespace CrossStitch.Kernels.Heads;

/// <summary>Linear heads of a prediction: features become outputs.</summary>
/// <param name="length">Features of an image in each tower.</param>
/// <param name="heads">The tower that each head reads, and how many numbers it gives.</param>
internal sealed unsafe class HeadPredictions(int length, (int Tower, int Outputs)[] heads) : IFeatureReader
{
    /// <summary>Weights [outputs, features] and bias [outputs] of each head.</summary>
    public float*[] Parameters { get; } = new float*[2 * heads.Length];

    /// <summary>Of each head, receives [batch, outputs].</summary>
    public Memory<float>[] Outputs { get; } = new Memory<float>[heads.Length];

    /// <inheritdoc/>
    public void Read(int first, int images, float* features)
    {
        for (var h = 0; h < heads.Length; h++)
        {
            var (tower, outputs) = heads[h];
            fixed (float* to = Outputs[h].Span)
            {
                HeadKernel.Run(images, length, outputs, features + ((nint)tower * images * length), Parameters[2 * h], Parameters[(2 * h) + 1], to + ((nint)first * outputs));
            }
        }
    }
}
