using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels;

/// <summary>What a worker writes on the way back: gradients of the images under way, and its share of the parameters' gradients.</summary>
internal sealed unsafe class BackwardMemory : IDisposable
{
    private readonly StageGeometry[] _stages;
    private readonly long[][] _outputs;
    private readonly long[][] _mixed;
    private readonly long[][] _winners;
    private readonly long[][] _weights;
    private readonly long[][] _biases;
    private readonly long[] _alphas;
    private readonly long _parameters;
    private readonly long _parametersEnd;
    private readonly long _featureGradients;
    private readonly int _towers;
    private readonly FloatBuffer _memory;

    /// <summary>Makes the memory of a worker.</summary>
    /// <param name="shape">The towers.</param>
    /// <param name="stages">Their stages.</param>
    /// <param name="images">Images that go through all stages together.</param>
    public BackwardMemory(KernelShape shape, StageGeometry[] stages, int images)
    {
        var plan = new FloatPlan();
        long[][] ForEach(Func<StageGeometry, long> floats) =>
            [.. Enumerable.Range(0, shape.Towers).Select(_ => stages.Select(stage => plan.Add(floats(stage))).ToArray())];
        (_stages, _towers) = (stages, shape.Towers);
        _outputs = ForEach(stage => (long)stage.OutputFloats * images);
        _mixed = shape.Stitched ? ForEach(stage => (long)stage.OutputFloats * images) : _outputs;
        _winners = ForEach(stage => (((long)stage.OutputFloats * images) + sizeof(float) - 1) / sizeof(float));
        _featureGradients = plan.Add((long)shape.Towers * images * stages[^1].Stage.Channels * stages[^1].Positions);
        _parameters = plan.Length;
        _weights = ForEach(stage => (long)stage.Channels * stage.WeightRow);
        _biases = ForEach(stage => stage.Channels);
        _alphas = [.. stages.Where(_ => shape.Stitched).Select(stage => plan.Add((long)shape.Towers * shape.Towers * stage.Channels))];
        _parametersEnd = plan.Length;
        _memory = new FloatBuffer(plan.Length);
    }

    /// <summary>Gradients of the features of the images: [towers, images, features].</summary>
    public float* FeatureGradients => _memory.Pointer + _featureGradients;

    /// <summary>Gradient of a stage's own output.</summary>
    public float* Output(int tower, int stage) => _memory.Pointer + _outputs[tower][stage];

    /// <summary>Gradient of what the next stage reads: of the mix where towers are stitched, else of the output itself.</summary>
    public float* Mixed(int tower, int stage) => _memory.Pointer + _mixed[tower][stage];

    /// <summary>Which of four positions each output came from, or that ReLU stopped it: the forward pass leaves it.</summary>
    public byte* Winners(int tower, int stage) => (byte*)(_memory.Pointer + _winners[tower][stage]);

    public float* Weights(int tower, int stage) => _memory.Pointer + _weights[tower][stage];

    public float* Biases(int tower, int stage) => _memory.Pointer + _biases[tower][stage];

    public float* Alphas(int stage) => _memory.Pointer + _alphas[stage];

    /// <summary>Sets the parameters' gradients to zero.</summary>
    public void ClearParameterGradients() =>
        NativeMemory.Clear(_memory.Pointer + _parameters, (nuint)((_parametersEnd - _parameters) * sizeof(float)));

    /// <summary>Adds another worker's gradients of one stage of one tower.</summary>
    /// <param name="other">The other worker's.</param>
    /// <param name="tower">Which tower.</param>
    /// <param name="stage">Which stage.</param>
    public void AddStage(BackwardMemory other, int tower, int stage)
    {
        Add(Weights(tower, stage), other.Weights(tower, stage), (long)_stages[stage].Channels * _stages[stage].WeightRow);
        Add(Biases(tower, stage), other.Biases(tower, stage), _stages[stage].Channels);
    }

    /// <summary>Adds another worker's gradients of α.</summary>
    /// <param name="other">The other worker's.</param>
    public void AddAlphas(BackwardMemory other)
    {
        for (var stage = 0; stage < _alphas.Length; stage++)
        {
            Add(Alphas(stage), other.Alphas(stage), (long)_towers * _towers * _stages[stage].Channels);
        }
    }

    public void Dispose() => _memory.Dispose();

    private static void Add(float* to, float* from, long count)
    {
        for (var at = 0L; at < count; at += Vector256<float>.Count)
        {
            (Vector256.Load(to + at) + Vector256.Load(from + at)).Store(to + at);
        }
    }
}
