using CrossStitch.Kernels.Convolutions;

namespace CrossStitch.Kernels;

/// <summary>One tower's weights of one stage as the kernels read them.</summary>
internal sealed unsafe class StageParameters
{
    private readonly StageGeometry _geometry;
    private readonly StageKernels _kernels;
    private readonly long _directAt;
    private readonly long _transformedAt;
    private readonly long? _backwardAt;
    private readonly long _biasAt;

    /// <summary>Plans where they lie.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="kernels">Its kernels.</param>
    /// <param name="plan">Where room is made.</param>
    /// <param name="backward">Whether the backward pass will need them.</param>
    public StageParameters(StageGeometry geometry, StageKernels kernels, FloatPlan plan, bool backward)
    {
        (_geometry, _kernels) = (geometry, kernels);
        _directAt = plan.Add((long)geometry.Channels * geometry.Patch);
        _transformedAt = plan.Add(geometry.WinogradSize == 0 ? 0 : (long)geometry.Channels * geometry.InputStride * Winograd.Places(geometry.WinogradSize));
        _biasAt = plan.Add(geometry.Channels);
        _backwardAt = backward ? plan.Add((long)geometry.Channels * geometry.WeightRow) : null;
    }

    /// <summary>A block of channels after the other: [patch, channels].</summary>
    public float* Direct { get; private set; }

    /// <summary>A block of channels after the other: [place, in, channels]; empty without Winograd's algorithm.</summary>
    public float* Transformed { get; private set; }

    /// <summary>[channels, weight row]; null where no backward pass needs it.</summary>
    public float* Backward { get; private set; }

    /// <summary>[channels].</summary>
    public float* Bias { get; private set; }

    /// <summary>Says where the planned memory is.</summary>
    /// <param name="memory">Its first float.</param>
    public void Place(float* memory)
    {
        Direct = memory + _directAt;
        Transformed = memory + _transformedAt;
        Backward = _backwardAt is { } at ? memory + at : null;
        Bias = memory + _biasAt;
    }

    /// <summary>Takes parameters over.</summary>
    /// <param name="weights">[out, in, row, column].</param>
    /// <param name="bias">[out].</param>
    public void Set(float* weights, float* bias)
    {
        WeightPacking.Pack(_geometry, weights, Direct, Backward);
        _kernels.TransformWeights(_geometry, Direct, Transformed);
        new ReadOnlySpan<float>(bias, _geometry.Stage.Channels).CopyTo(new Span<float>(Bias, _geometry.Stage.Channels));
    }
}
