using CrossStitch.Kernels;
using CrossStitch.Kernels.Heads;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Engines;

/// <summary>
/// The CPU kernels: towers, stitches, heads, losses and relation in pure C#, on the parameters where they lie. The same
/// parameters, batch and number of threads give the same bits. After its first batch it allocates nothing. It takes one call
/// at a time, and says so; for more, make an engine a thread. Disposed during a call, it frees its memory after it.
/// </summary>
public sealed unsafe class KernelEngine : NetworkEngine
{
    private readonly TowerProgram _program;
    private readonly HeadLosses _losses;
    private readonly KernelRelation? _relation;
    private readonly KernelMixing _mixing;
    private readonly HeadPredictions _predictions;
    private readonly CallGate _gate = new("The engine is computing: it takes one call at a time; make an engine a thread.");
    private readonly int _heads;

    /// <summary>Prepares the kernels.</summary>
    /// <param name="network">The network.</param>
    /// <param name="threads">How many threads; at least one.</param>
    /// <exception cref="CrossStitchException">A stage has no kernel or is too large for one, or there is no thread.</exception>
    public KernelEngine(Network network, int threads = 1)
        : base(network)
    {
        if (threads < 1)
        {
            throw new CrossStitchException($"An engine needs at least one thread, not {threads}.");
        }

        var description = network.Description;
        try
        {
            _program = new TowerProgram(KernelShapes.Of(description), threads);
        }
        catch (OverflowException error)
        {
            throw new CrossStitchException("The network is too large for the kernels: the input or the output of a stage has 2²⁷ numbers or more. Make its input or its stages smaller.", error);
        }

        _losses = new HeadLosses(
            _program.Features,
            description.Groups.Count,
            [.. description.Tasks.Select((task, t) => new HeadTask(description.TowerOf(t), task.Outputs, task.LabelWidth, task, task.Weight))],
            threads);
        _predictions = new HeadPredictions(_program.Features, [.. description.Tasks.Select((task, t) => (description.TowerOf(t), task.Outputs))]);
        _heads = 2 * description.Shape.Stages.Count * description.Groups.Count;
        _mixing = new KernelMixing(network, Gradients);
        _relation = description.Relation is null ? null : new KernelRelation(network, Gradients);
    }

    /// <inheritdoc/>
    public override void ForEach(int count, Action<int> act) => _program.Team.ForEach(count, act);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_gate.Close())
        {
            Free();
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    protected override void Compute(Batch batch, ReadOnlySpan<double> weights, StepLosses losses)
    {
        _gate.Enter(this);
        try
        {
            ComputeGradients(batch, weights, losses);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    protected override void Compute(ReadOnlySpan<float> input, int examples, IReadOnlyList<Memory<float>> outputs)
    {
        _gate.Enter(this);
        try
        {
            for (var t = 0; t < outputs.Count; t++)
            {
                _predictions.Outputs[t] = outputs[t];
                _predictions.Parameters[2 * t] = Network.Parameters.Pointer(_heads + (2 * t));
                _predictions.Parameters[(2 * t) + 1] = Network.Parameters.Pointer(_heads + (2 * t) + 1);
            }

            TakeParameters();
            fixed (float* pixels = input)
            {
                _program.Predict(pixels, examples, _predictions);
            }

            Array.Clear(_predictions.Outputs);
        }
        finally
        {
            Leave();
        }
    }

    private void ComputeGradients(Batch batch, ReadOnlySpan<double> weights, StepLosses losses)
    {
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
        try
        {
            _program.Learn(batch.InputPointer, batch.Count, _losses);
        }
        catch (Exception error)
        {
            throw new CrossStitchException($"The loss of a task failed: {error.Message}", error);
        }

        _losses.Collect(gradients);
        GiveGradients();
        _losses.Losses.CopyTo(losses.Tasks);
        losses.Penalty = _relation?.Penalty(this) ?? 0;
        GC.KeepAlive(batch);
    }

    /// <summary>Ends a call. The engine, and so the memory that its pointers point to, is held until here.</summary>
    private void Leave()
    {
        if (_gate.Leave())
        {
            Free();
        }
    }

    private void Free()
    {
        _losses.Dispose();
        _program.Dispose();
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
