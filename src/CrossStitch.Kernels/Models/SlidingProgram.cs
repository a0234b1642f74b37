using CrossStitch.Kernels.Heads;

namespace CrossStitch.Kernels.Models;

/// <summary>A network over pictures of one size, with its heads at every place. For one call at a time.</summary>
internal sealed unsafe class SlidingProgram : IFeatureReader, IDisposable
{
    private readonly PackedModel _packed;
    private readonly InferenceProgram _program;
    private readonly HeadPredictions _heads;
    private readonly NetworkModel _model;
    private NetworkOutput? _output;

    /// <summary>Prepares it.</summary>
    /// <param name="runner">Whose.</param>
    /// <param name="rows">Rows of places.</param>
    /// <param name="columns">Columns of places.</param>
    /// <param name="team">The caller's thread.</param>
    public SlidingProgram(SlidingRunner runner, int rows, int columns, WorkerTeam team)
    {
        (Rows, Columns, _model) = (rows, columns, runner.Model);

        // The same stages over a larger input: a dense one is a convolution whose kernel covers what is left of the small one.
        _packed = Fitting(_model with { Shape = _model.Shape with { InputHeight = runner.HeightOf(rows), InputWidth = runner.WidthOf(columns) } }, runner.MemoryLimit, $"{rows}×{columns} places");
        _packed.Pack();
        _program = _packed.NewProgram(team, InferenceSize.For(1, 1));
        _heads = _packed.NewHeads();
    }

    /// <summary>Rows of places.</summary>
    public int Rows { get; }

    /// <summary>Columns of places.</summary>
    public int Columns { get; }

    /// <summary>Computes every head at every place.</summary>
    /// <param name="picture">[channels, rows, columns].</param>
    /// <param name="output">Receives what the heads say.</param>
    public void Run(float* picture, NetworkOutput output)
    {
        _output = output;
        try
        {
            _program.Run(picture, 1, this);
            output.Batch = Rows * Columns;
        }
        finally
        {
            _output = null;
        }
    }

    /// <inheritdoc/>
    public void Read(int first, int images, float* features)
    {
        var places = Rows * Columns;
        var channels = _model.Shape.Stages[^1].Channels;
        for (var h = 0; h < _model.Heads.Count; h++)
        {
            var (tower, outputs) = (_model.Heads[h].Tower, _model.Heads[h].Outputs);
            fixed (float* to = _output!.Room(h, places).Span)
            {
                SlidingHeadKernel.Run(places, channels, outputs, features + ((nint)tower * channels * places), _heads.Parameters[2 * h], _heads.Parameters[(2 * h) + 1], to);
            }
        }
    }

    /// <summary>The model as the kernels read it, if it and what a call computes in fit into memory.</summary>
    private static PackedModel Fitting(NetworkModel model, long limit, string places)
    {
        try
        {
            var packed = new PackedModel(model);
            var needed = packed.Bytes + packed.Sizes(workers: 1)[^1].Bytes;
            return needed <= limit ? packed : throw new ModelFileException($"The model cannot be run at {places} at once: it needs {needed} bytes of memory, and the limit is {limit}. Run it at fewer, or give the runner a higher limit.");
        }
        catch (OverflowException error)
        {
            throw new ModelFileException($"The model cannot be run at {places} at once: it is larger than its numbers can be counted.", inner: error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Dispose();
        _packed.Dispose();
    }
}
