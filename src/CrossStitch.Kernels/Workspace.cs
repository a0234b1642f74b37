using System.Runtime.Intrinsics;
using CrossStitch.Kernels.Convolutions;

namespace CrossStitch.Kernels;

/// <summary>What one worker writes: gradients of the images under way, its share of the parameters' gradients, scratch.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    /// <summary>Images behind the last that the forward kernel may read, eight positions at a time, and not use.</summary>
    private const int Overread = 7;

    private readonly FloatBuffer[][] _outputs;
    private readonly FloatBuffer[][] _mixed;
    private readonly FloatBuffer[][] _activations;
    private readonly FloatBuffer[][] _weights;
    private readonly FloatBuffer[][] _biases;
    private readonly FloatBuffer[] _alphas;
    private readonly FloatBuffer[] _parameterGradients;
    private readonly FloatBuffer _features;
    private readonly FloatBuffer _featureGradients;
    private readonly FloatBuffer _scratch;

    public Workspace(StageGeometry[] stages, int towers, bool stitched, int chunk)
    {
        FloatBuffer[][] ForEach(Func<StageGeometry, long> length) =>
            [.. Enumerable.Range(0, towers).Select(_ => stages.Select(stage => new FloatBuffer(length(stage))).ToArray())];
        _outputs = ForEach(stage => (long)stage.OutputFloats * chunk);
        _mixed = stitched ? ForEach(stage => (long)stage.OutputFloats * chunk) : _outputs;
        _activations = stitched ? ForEach(stage => (long)stage.OutputFloats * (chunk + Overread)) : [];
        _weights = ForEach(stage => (long)stage.Channels * stage.WeightRow);
        _biases = ForEach(stage => stage.Channels);
        _alphas = [.. stages.Select(stage => new FloatBuffer((long)towers * towers * stage.Channels))];
        _parameterGradients = [.. _weights.Concat(_biases).SelectMany(tower => tower), .. _alphas];
        _features = new FloatBuffer((long)towers * chunk * stages[^1].Stage.Channels * stages[^1].Positions);
        _featureGradients = new FloatBuffer(_features.Length);
        _scratch = new FloatBuffer(stages.Max(Winograd.Scratch));
    }

    /// <summary>What the forward pass of a stage needs beside its input and output.</summary>
    public float* Scratch => _scratch.Pointer;

    /// <summary>Features of the images of a chunk: [towers, images, features].</summary>
    public float* Features => _features.Pointer;

    /// <summary>Their gradients, likewise.</summary>
    public float* FeatureGradients => _featureGradients.Pointer;

    /// <summary>Gradient of a stage's own output, of the images of a chunk.</summary>
    public float* Output(int tower, int stage) => _outputs[tower][stage].Pointer;

    /// <summary>Gradient of what the next stage reads: of the mix where towers are stitched, else of the output itself.</summary>
    public float* Mixed(int tower, int stage) => _mixed[tower][stage].Pointer;

    /// <summary>What comes out of a cross-stitch unit, for the images of a chunk; there where towers are stitched.</summary>
    public float* Activations(int tower, int stage) => _activations[tower][stage].Pointer;

    public float* Weights(int tower, int stage) => _weights[tower][stage].Pointer;

    public float* Biases(int tower, int stage) => _biases[tower][stage].Pointer;

    public float* Alphas(int stage) => _alphas[stage].Pointer;

    /// <summary>Sets the parameters' gradients to zero.</summary>
    public void ClearParameterGradients()
    {
        foreach (var buffer in _parameterGradients)
        {
            buffer.Clear(buffer.Length);
        }
    }

    /// <summary>Adds another worker's gradients of one stage of one tower.</summary>
    /// <param name="other">The other worker's.</param>
    /// <param name="tower">Which tower.</param>
    /// <param name="stage">Which stage.</param>
    public void AddStage(Workspace other, int tower, int stage)
    {
        Add(_weights[tower][stage], other._weights[tower][stage]);
        Add(_biases[tower][stage], other._biases[tower][stage]);
    }

    /// <summary>Adds another worker's gradients of α.</summary>
    /// <param name="other">The other worker's.</param>
    public void AddAlphas(Workspace other)
    {
        for (var stage = 0; stage < _alphas.Length; stage++)
        {
            Add(_alphas[stage], other._alphas[stage]);
        }
    }

    public void Dispose()
    {
        foreach (var buffer in _parameterGradients.Concat(_outputs.SelectMany(tower => tower)).Concat(_mixed.SelectMany(tower => tower)).Concat(_activations.SelectMany(tower => tower)))
        {
            buffer.Dispose();
        }

        _features.Dispose();
        _featureGradients.Dispose();
        _scratch.Dispose();
    }

    private static void Add(FloatBuffer to, FloatBuffer from)
    {
        for (var at = 0L; at < to.Length; at += Vector256<float>.Count)
        {
            (Vector256.Load(to.Pointer + at) + Vector256.Load(from.Pointer + at)).Store(to.Pointer + at);
        }
    }
}
