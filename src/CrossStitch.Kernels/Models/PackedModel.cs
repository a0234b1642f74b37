using CrossStitch.Kernels.Heads;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Models;

/// <summary>A model as the kernels read it, which any number of calls do at once.</summary>
internal sealed unsafe class PackedModel : IDisposable
{
    private readonly NetworkModel _model;
    private readonly VectorWidth _width = VectorWidths.Widest;
    private readonly StageKernels _kernels;
    private readonly StageGeometry[] _stages;
    private readonly ProgramParameters _parameters;
    private readonly FloatPlan _headPlan = new();
    private readonly long[] _headsAt;
    private FloatBuffer? _heads;

    /// <summary>Works out what it takes; <see cref="Pack"/> follows.</summary>
    /// <param name="model">A model whose layout was checked.</param>
    public PackedModel(NetworkModel model)
    {
        _model = model;
        _kernels = StageKernels.For(_width);
        _stages = StageGeometry.Of(model.Shape, _width);
        _parameters = new ProgramParameters(model.Shape, _stages, _kernels, backward: false);
        _headsAt = [.. model.Heads.SelectMany(head => new[] { _headPlan.Add(head.Weights.Length), _headPlan.Add(head.Biases.Length) })];
    }

    /// <summary>Bytes that the packed weights take.</summary>
    public long Bytes => _parameters.Bytes + _headPlan.Bytes;

    /// <summary>Packs the weights.</summary>
    public void Pack()
    {
        _parameters.Allocate();
        _heads = new FloatBuffer(_headPlan.Length);
        for (var stage = 0; stage < _stages.Length; stage++)
        {
            for (var tower = 0; tower < _model.Shape.Towers; tower++)
            {
                fixed (float* weights = _model.Towers[tower][stage].Weights.Span, biases = _model.Towers[tower][stage].Biases.Span)
                {
                    _parameters[tower, stage].Set(weights, biases);
                }
            }

            if (_model.Shape.Stitched)
            {
                fixed (float* alpha = _model.Alphas[stage].Span)
                {
                    _parameters.SetAlpha(stage, alpha, perChannel: true);
                }
            }
        }

        for (var h = 0; h < _model.Heads.Count; h++)
        {
            Copy(_model.Heads[h].Weights, _headsAt[2 * h]);
            Copy(_model.Heads[h].Biases, _headsAt[(2 * h) + 1]);
        }
    }

    /// <summary>The sizes that a program may have, from the largest, with the bytes that it then takes.</summary>
    /// <param name="workers">Its threads.</param>
    public (InferenceSize Size, long Bytes)[] Sizes(int workers)
    {
        var sizes = new List<(InferenceSize, long)>();
        for (InferenceSize? size = InferenceSize.For(int.MaxValue, workers); size is { } some; size = some.Smaller)
        {
            sizes.Add((some, some.Bytes(_model.Shape, _stages, workers)));
        }

        return [.. sizes];
    }

    /// <summary>A program of the towers, for one call at a time.</summary>
    /// <param name="team">Its threads.</param>
    /// <param name="size">Its size.</param>
    public InferenceProgram NewProgram(WorkerTeam team, InferenceSize size) => new(_model.Shape, _parameters, _kernels, _width, team, size);

    /// <summary>The heads, for one call at a time.</summary>
    public HeadPredictions NewHeads()
    {
        var heads = new HeadPredictions(_stages[^1].Stage.Channels * _stages[^1].Positions, [.. _model.Heads.Select(head => (head.Tower, head.Outputs))]);
        for (var i = 0; i < _headsAt.Length; i++)
        {
            heads.Parameters[i] = _heads!.Pointer + _headsAt[i];
        }

        return heads;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parameters.Dispose();
        _heads?.Dispose();
    }

    private void Copy(ReadOnlyMemory<float> from, long at) => from.Span.CopyTo(new Span<float>(_heads!.Pointer + at, from.Length));
}
