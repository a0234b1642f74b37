using CrossStitch.Kernels;
using CrossStitch.Kernels.Heads;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Engines;

/// <summary>
/// The CPU kernels: towers, stitches, heads, losses and relation in pure C#, on the parameters where they lie. The same
/// parameters, batch and number of threads give the same bits. After its first batch of a size it allocates nothing.
/// </summary>
public sealed unsafe class KernelEngine : NetworkEngine
{
    private readonly TowerProgram _program;
    private readonly HeadLosses _losses;
    private readonly KernelRelation? _relation;
    private readonly KernelMixing _mixing;
    private readonly int _heads;
    private FloatBuffer _features = new(0);
    private bool _disposed;

    /// <summary>Prepares the kernels.</summary>
    /// <param name="network">The network.</param>
    /// <param name="threads">How many threads; at least one.</param>
    /// <exception cref="CrossStitchException">A stage has no kernel, or there is no thread.</exception>
    public KernelEngine(Network network, int threads = 1)
        : base(network)
    {
        if (threads < 1)
        {
            throw new CrossStitchException($"An engine needs at least one thread, not {threads}.");
        }

        var description = network.Description;
        _program = new TowerProgram(KernelShapes.Of(description), threads);
        _losses = new HeadLosses(
            _program.Features,
            description.Groups.Count,
            [.. description.Tasks.Select((task, t) => new HeadTask(description.TowerOf(t), task.Outputs, task.LabelWidth, task, task.Weight))],
            threads);
        _heads = 2 * description.Shape.Stages.Count * description.Groups.Count;
        _mixing = new KernelMixing(network, Gradients);
        _relation = description.Relation is null ? null : new KernelRelation(network, Gradients);
    }

    /// <inheritdoc/>
    protected override void Compute(Batch batch, ReadOnlySpan<double> weights, StepLosses losses)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var tasks = Network.Description.Tasks;
        var parameters = stackalloc float*[2 * tasks.Count];
        var gradients = stackalloc float*[2 * tasks.Count];
        var labels = stackalloc float*[tasks.Count];
        for (var t = 0; t < tasks.Count; t++)
        {
            labels[t] = batch.LabelPointer(t);
        }

        for (var i = 0; i < 2 * tasks.Count; i++)
        {
            parameters[i] = Network.Parameters.Pointer(_heads + i);
            gradients[i] = Gradients.Pointer(_heads + i);
        }

        TakeParameters();
        _losses.Begin(batch.Count, parameters, labels, weights);
        _program.Learn(batch.InputPointer, batch.Count, _losses);
        Collect(gradients);
        GiveGradients();
        _losses.Losses.CopyTo(losses.Tasks);
        losses.Penalty = _relation?.Penalty(this) ?? 0;
        GC.KeepAlive(batch);
    }

    /// <inheritdoc/>
    public override void ForEach(int count, Action<int> act) => _program.Team.ForEach(count, act);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _losses.Dispose();
        _program.Dispose();
        _features.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Compute(ReadOnlySpan<float> input, int examples, IReadOnlyList<Memory<float>> outputs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var description = Network.Description;
        var room = (long)description.Groups.Count * examples * _program.Features;
        if (room > _features.Length)
        {
            _features.Dispose();
            _features = new FloatBuffer(room);
        }

        TakeParameters();
        fixed (float* pixels = input)
        {
            _program.Forward(pixels, examples, _features.Pointer, keep: false);
        }

        for (var t = 0; t < description.Tasks.Count; t++)
        {
            var features = _features.Pointer + ((nint)description.TowerOf(t) * examples * _program.Features);
            fixed (float* output = outputs[t].Span)
            {
                HeadKernel.Run(
                    examples, _program.Features, description.Tasks[t].Outputs, features, Network.Parameters.Pointer(_heads + (2 * t)), Network.Parameters.Pointer(_heads + (2 * t) + 1), output);
            }
        }
    }

    private void Collect(float** gradients)
    {
        try
        {
            _losses.Collect(gradients);
        }
        catch (InvalidOperationException error) when (error.InnerException is { } inner)
        {
            throw new CrossStitchException($"The loss of a task failed: {inner.Message}", inner);
        }
    }

    /// <summary>Hands the parameters as they are now to the kernels.</summary>
    private void TakeParameters()
    {
        var pointers = stackalloc float*[_heads];
        for (var i = 0; i < _heads; i++)
        {
            pointers[i] = Network.Parameters.Pointer(i);
        }

        _program.SetParameters(pointers);
        _mixing.Take(_program);
    }

    private void GiveGradients()
    {
        var pointers = stackalloc float*[_heads];
        for (var i = 0; i < _heads; i++)
        {
            pointers[i] = Gradients.Pointer(i);
        }

        _program.GetGradients(pointers);
        _mixing.Give(_program);
    }
}
