namespace CrossStitch.Kernels;

/// <summary>One tower's weights of one stage as the kernels read them.</summary>
internal sealed unsafe class StageParameters : IDisposable
{
    private readonly WeightPacking _packing;
    private readonly StageGeometry _geometry;
    private readonly FloatBuffer _forward;
    private readonly FloatBuffer _backward;
    private readonly FloatBuffer _bias;

    public StageParameters(StageGeometry geometry, WeightPacking packing)
    {
        (_geometry, _packing) = (geometry, packing);
        _forward = new FloatBuffer((long)geometry.Channels * geometry.Stage.KernelHeight * geometry.Run);
        _backward = new FloatBuffer((long)geometry.Channels * geometry.WeightRow);
        _bias = new FloatBuffer(geometry.Channels);
    }

    /// <summary>[block of 16 channels, row, run, 16].</summary>
    public float* Forward => _forward.Pointer;

    /// <summary>[channels, weight row].</summary>
    public float* Backward => _backward.Pointer;

    /// <summary>[channels].</summary>
    public float* Bias => _bias.Pointer;

    /// <summary>Takes parameters over.</summary>
    /// <param name="weights">[out, in, row, column].</param>
    /// <param name="bias">[out].</param>
    public void Set(float* weights, float* bias)
    {
        _packing.Pack(weights, Forward, Backward);
        new ReadOnlySpan<float>(bias, _geometry.Stage.Channels).CopyTo(new Span<float>(Bias, _geometry.Stage.Channels));
    }

    public void Dispose()
    {
        _forward.Dispose();
        _backward.Dispose();
        _bias.Dispose();
    }
}
