using CrossStitch.Kernels.Convolutions;

namespace CrossStitch.Kernels;

/// <summary>One tower's weights of one stage as the kernels read them.</summary>
internal sealed unsafe class StageParameters : IDisposable
{
    private readonly StageGeometry _geometry;
    private readonly StageKernels _kernels;
    private readonly FloatBuffer _direct;
    private readonly FloatBuffer _transformed;
    private readonly FloatBuffer _backward;
    private readonly FloatBuffer _bias;

    public StageParameters(StageGeometry geometry, StageKernels kernels)
    {
        (_geometry, _kernels) = (geometry, kernels);
        _direct = new FloatBuffer((long)geometry.Channels * geometry.Patch);
        _transformed = new FloatBuffer(geometry.WinogradSize == 0 ? 0 : (long)geometry.Channels * geometry.InputStride * Winograd.Places(geometry.WinogradSize));
        _backward = new FloatBuffer((long)geometry.Channels * geometry.WeightRow);
        _bias = new FloatBuffer(geometry.Channels);
    }

    /// <summary>A block of channels after the other: [patch, channels].</summary>
    public float* Direct => _direct.Pointer;

    /// <summary>A block of channels after the other: [place, in, channels]; empty without Winograd's algorithm.</summary>
    public float* Transformed => _transformed.Pointer;

    /// <summary>[channels, weight row].</summary>
    public float* Backward => _backward.Pointer;

    /// <summary>[channels].</summary>
    public float* Bias => _bias.Pointer;

    /// <summary>Takes parameters over.</summary>
    /// <param name="weights">[out, in, row, column].</param>
    /// <param name="bias">[out].</param>
    public void Set(float* weights, float* bias)
    {
        WeightPacking.Pack(_geometry, weights, Direct, Backward);
        _kernels.TransformWeights(_geometry, Direct, Transformed);
        new ReadOnlySpan<float>(bias, _geometry.Stage.Channels).CopyTo(new Span<float>(Bias, _geometry.Stage.Channels));
    }

    public void Dispose()
    {
        _direct.Dispose();
        _transformed.Dispose();
        _backward.Dispose();
        _bias.Dispose();
    }
}
