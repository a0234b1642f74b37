using CrossStitch.Kernels.Heads;

namespace CrossStitch.Kernels.Models;

/// <summary>
/// Runs a trained network with the CPU kernels alone, one example or many at a time. After the first batch of a size it
/// allocates nothing. One call at a time; for more, a runner a thread.
/// </summary>
public sealed unsafe class NetworkRunner : IDisposable
{
    private readonly TowerProgram _program;
    private readonly float[][] _weights;
    private readonly float[][] _biases;
    private readonly float[][] _outputs;
    private FloatBuffer _features = new(0);
    private int _room;
    private int _batch;
    private bool _disposed;

    /// <summary>Prepares a network.</summary>
    /// <param name="model">Which.</param>
    /// <param name="threads">
    /// Threads that share a batch, or the stages of a single example; at least one. Between calls that follow each other
    /// within microseconds they stay awake. The same outputs, to the bit, with any number.
    /// </param>
    /// <exception cref="ModelFileException">The model is none that can be run.</exception>
    public NetworkRunner(NetworkModel model, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        try
        {
            new ModelLayout(model).ValuesOf(model);
        }
        catch (FormatException error)
        {
            throw new ModelFileException($"The model cannot be run: {error.Message}.", inner: error);
        }

        Model = model;
        _weights = [.. model.Heads.Select(head => head.Weights.ToArray())];
        _biases = [.. model.Heads.Select(head => head.Biases.ToArray())];
        _outputs = [.. model.Heads.Select(_ => Array.Empty<float>())];
        _program = new TowerProgram(model.Shape, threads);
        for (var stage = 0; stage < model.Shape.Stages.Count; stage++)
        {
            for (var tower = 0; tower < model.Shape.Towers; tower++)
            {
                fixed (float* weights = model.Towers[tower][stage].Weights.Span, biases = model.Towers[tower][stage].Biases.Span)
                {
                    _program.SetParameters(tower, stage, weights, biases);
                }
            }

            if (model.Shape.Stitched)
            {
                fixed (float* alpha = model.Alphas[stage].Span)
                {
                    _program.SetAlpha(stage, alpha, perChannel: true);
                }
            }
        }
    }

    /// <summary>What is run.</summary>
    public NetworkModel Model { get; }

    /// <summary>Computes every head; <see cref="Output(int)"/> then has what they said.</summary>
    /// <param name="input">[batch, channels, rows, columns], as <see cref="InputFormat.Normalize"/> leaves each example.</param>
    /// <param name="batch">How many examples.</param>
    /// <exception cref="ArgumentException">The input is not of so many examples.</exception>
    public void Run(ReadOnlySpan<float> input, int batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (input.Length != (long)batch * Model.InputLength)
        {
            throw new ArgumentException($"{batch} examples of {Model.InputLength} numbers are {(long)batch * Model.InputLength} numbers, not {input.Length}.", nameof(input));
        }

        if (batch > _room)
        {
            MakeRoom(batch);
        }

        _batch = batch;
        fixed (float* from = input)
        {
            _program.Forward(from, batch, _features.Pointer, keep: false);
        }

        for (var h = 0; h < _outputs.Length; h++)
        {
            var features = _features.Pointer + ((long)Model.Heads[h].Tower * batch * _program.Features);
            fixed (float* weights = _weights[h], biases = _biases[h], output = _outputs[h])
            {
                HeadKernel.Run(batch, _program.Features, _biases[h].Length, features, weights, biases, output);
            }
        }

        // The memory behind the pointers must not be freed before the last of them was used.
        GC.KeepAlive(this);
    }

    /// <summary>What a head said of the last batch: [batch, outputs]. The next batch is written over it.</summary>
    /// <param name="head">Its number in <see cref="NetworkModel.Heads"/>.</param>
    public ReadOnlySpan<float> Output(int head) => _outputs[head].AsSpan(0, _batch * _biases[head].Length);

    /// <summary>What a head said of the last batch: [batch, outputs]. The next batch is written over it.</summary>
    /// <param name="head">Its name.</param>
    /// <exception cref="ArgumentException">The network has no such head.</exception>
    public ReadOnlySpan<float> Output(string head)
    {
        for (var h = 0; h < _outputs.Length; h++)
        {
            if (string.Equals(Model.Heads[h].Name, head, StringComparison.Ordinal))
            {
                return Output(h);
            }
        }

        throw new ArgumentException($"The network has no head '{head}'; it has {string.Join(", ", Model.Heads.Select(known => known.Name))}.", nameof(head));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _program.Dispose();
        _features.Dispose();
    }

    private void MakeRoom(int batch)
    {
        // Whatever fails here leaves the room that there was.
        float[][] outputs = [.. _biases.Select(biases => new float[checked(batch * biases.Length)])];
        var features = new FloatBuffer((long)Model.Shape.Towers * batch * _program.Features);
        _features.Dispose();
        _features = features;
        outputs.CopyTo(_outputs, 0);
        _room = batch;
    }
}
