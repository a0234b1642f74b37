using CrossStitch.Engines;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Torch.Towers;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Engines;

/// <summary>
/// The same networks by TorchSharp: outputs and their gradients by autograd, losses by the tasks themselves. It computes
/// convolutions, dense stages and any <see cref="ModuleStage"/>, on copies of the parameters that it takes at each call;
/// between calls it keeps the modules alone, until it is disposed. Calls from several threads, <see cref="Dispose"/> among
/// them, wait for each other.
/// </summary>
public sealed class TorchEngine : NetworkEngine
{
    /// <summary>The modules, and what is in them, must not go while a call computes with them.</summary>
    private readonly Lock _calls = new();
    private readonly Device _device;
    private readonly TensorNetwork _tensors;
    private bool _disposed;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">Which.</param>
    /// <param name="device">
    /// Where it is computed; null for the CPU. Batches are moved there and results back; losses stay on the CPU. On a graphics
    /// processor cuDNN rounds what convolutions multiply to 10 bits (TF32), unless
    /// <c>torch.backends.cudnn.allow_tf32</c> is false.
    /// </param>
    /// <exception cref="CrossStitchException">A stage is of an unknown kind, or the device cannot be used.</exception>
    public TorchEngine(Network network, Device? device = null)
        : base(network)
    {
        _device = device ?? CPU;
        RequireUsable(_device);
        _tensors = new TensorNetwork(network, _device);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        using var alone = _calls.EnterScope();
        if (!_disposed)
        {
            _disposed = true;
            _tensors.Dispose();
            base.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Compute(Batch batch, ReadOnlySpan<double> weights, StepLosses losses)
    {
        using var alone = _calls.EnterScope();
        ObjectDisposedException.ThrowIf(_disposed, this);

        // Holds every tensor of the call, so that none is freed while libtorch reads it.
        using var scope = NewDisposeScope();
        var tasks = Network.Description.Tasks;
        var parameters = _tensors.Parameters(learned: true);
        var alphas = _tensors.Alphas(learned: true);
        var outputs = _tensors.Outputs(parameters, alphas, Input(batch.Input, batch.Count));
        var penalty = _tensors.Penalty(parameters);

        // A sum whose gradient by each output is the one that its task gave.
        var joint = penalty ?? zeros(1, device: _device).sum();
        losses.Penalty = penalty is null ? 0 : penalty.item<float>();
        for (var t = 0; t < tasks.Count; t++)
        {
            var gradient = new float[batch.Count * tasks[t].Outputs];
            losses.Tasks[t] = Loss(tasks[t], weights[t], outputs[t], batch.Labels(tasks[t].Name), gradient);
            joint = joint.Plus(outputs[t].mul(TensorMemory.Copy(gradient, [batch.Count, tasks[t].Outputs], _device)).sum());
        }

        joint.backward();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i]?.grad is { } gradient)
            {
                gradient.CopyTo(Gradients.Numbers(i));
            }
            else
            {
                Gradients.Numbers(i).Clear();
            }
        }

        foreach (var (stage, alpha) in alphas.Index())
        {
            var gradient = new float[alpha.NumberOfElements];
            alpha.grad?.CopyTo(gradient);
            Network.Description.Stitches!.AddGradient(Network.Description, stage, Network.Parameters, gradient, Gradients);
        }

        _tensors.GiveStatistics();
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    protected override void Compute(ReadOnlySpan<float> input, int examples, IReadOnlyList<Memory<float>> outputs)
    {
        using var alone = _calls.EnterScope();
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (output, memory) in _tensors.Outputs(_tensors.Parameters(learned: false), _tensors.Alphas(learned: false), Input(input, examples)).Zip(outputs))
        {
            output.CopyTo(memory.Span);
        }

        GC.KeepAlive(this);
    }

    /// <summary>The mean loss over the examples that have a label.</summary>
    /// <param name="task">Whose.</param>
    /// <param name="weight">The loss's factor in the joint loss.</param>
    /// <param name="output">[batch, outputs].</param>
    /// <param name="labels">[batch, label width].</param>
    /// <param name="gradient">Receives the gradient of the task's part of the joint loss: [batch, outputs].</param>
    private static double Loss(LearningTask task, double weight, Tensor output, ReadOnlySpan<float> labels, Span<float> gradient)
    {
        var numbers = new float[gradient.Length];
        output.CopyTo(numbers);
        var (sum, labelled, examples) = (0.0, 0, gradient.Length / task.Outputs);
        for (var i = 0; i < examples; i++)
        {
            var label = labels.Slice(i * task.LabelWidth, task.LabelWidth);
            if (task.HasLabel(label))
            {
                labelled++;
                sum += task.Loss(numbers.AsSpan(i * task.Outputs, task.Outputs), label, gradient.Slice(i * task.Outputs, task.Outputs));
            }
        }

        var scale = (float)(weight / Math.Max(1, labelled));
        foreach (ref var number in gradient)
        {
            number *= scale;
        }

        return sum / Math.Max(1, labelled);
    }

    private Tensor Input(ReadOnlySpan<float> input, int examples) => TensorMemory.Copy(input, [examples, .. Network.Description.Shape.Input], _device);

    private static void RequireUsable(Device device)
    {
        try
        {
            using var scope = NewDisposeScope();
            zeros(1, device: device);
        }
        catch (Exception error) when (error is System.Runtime.InteropServices.ExternalException or InvalidOperationException)
        {
            throw new CrossStitchException($"The device '{device}' cannot be used: {error.Message.Split('.', '\n')[0]}. Leave it out for the CPU, or reference a build of libtorch that has it.", error);
        }
    }
}
