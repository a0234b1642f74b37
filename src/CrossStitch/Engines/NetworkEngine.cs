using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Engines;

/// <summary>What computes a network: predictions, and the losses and gradients of a batch.</summary>
/// <param name="network">The network; the engine computes with its parameters as they are at each call.</param>
public abstract class NetworkEngine(Network network) : IDisposable
{
    /// <summary>The network.</summary>
    public Network Network { get; } = network;

    /// <summary>Gradients of the joint loss of the last batch that was learned, block by block as the parameters are.</summary>
    public ParameterSet Gradients { get; } = new(network.Parameters.Blocks);

    /// <summary>Predicts.</summary>
    /// <param name="input">[examples, channels, height, width].</param>
    /// <param name="examples">How many.</param>
    /// <param name="outputs">A memory a task, in the order of the tasks; receives [examples, outputs].</param>
    /// <exception cref="CrossStitchException">The input or an output has another length.</exception>
    public void Predict(ReadOnlySpan<float> input, int examples, IReadOnlyList<Memory<float>> outputs)
    {
        var description = Network.Description;
        Require(input.Length == (long)examples * description.Shape.InputLength, $"{examples} examples are {(long)examples * description.Shape.InputLength} numbers, not {input.Length}");
        Require(outputs.Count == description.Tasks.Count, $"the network has {description.Tasks.Count} tasks, and there is room for {outputs.Count}");
        for (var task = 0; task < outputs.Count; task++)
        {
            Require(outputs[task].Length == (long)examples * description.Tasks[task].Outputs, $"the outputs of '{description.Tasks[task].Name}' are {(long)examples * description.Tasks[task].Outputs} numbers, not {outputs[task].Length}");
        }

        if (examples > 0)
        {
            Compute(input, examples, outputs);
        }

        static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new CrossStitchException($"A prediction has no place: {message}.");
            }
        }
    }

    /// <summary>
    /// Computes the losses of a batch, and <see cref="Gradients"/>, with the tasks' own weights λ. Stages that keep
    /// <see cref="ParameterRole.Statistics"/> of the examples that they see add these to them.
    /// </summary>
    /// <param name="batch">The batch; at least one example.</param>
    /// <param name="losses">Receives the losses; of as many tasks as the network has.</param>
    /// <exception cref="CrossStitchException">A label is impossible, or the batch or the losses are of another network.</exception>
    public void Learn(Batch batch, StepLosses losses)
    {
        var tasks = Network.Description.Tasks;
        Span<double> weights = stackalloc double[tasks.Count];
        for (var task = 0; task < weights.Length; task++)
        {
            weights[task] = tasks[task].Weight;
        }

        Learn(batch, weights, losses);
    }

    /// <summary>Computes the losses of a batch, and <see cref="Gradients"/>.</summary>
    /// <param name="batch">The batch; at least one example.</param>
    /// <param name="weights">The factor of each task's loss in the joint loss.</param>
    /// <param name="losses">Receives the losses; of as many tasks as the network has.</param>
    /// <exception cref="CrossStitchException">A label is impossible, or the batch, the weights or the losses are of another network.</exception>
    public void Learn(Batch batch, ReadOnlySpan<double> weights, StepLosses losses)
    {
        var tasks = Network.Description.Tasks;
        if (!batch.Fits(Network.Description) || batch.Count == 0)
        {
            throw new CrossStitchException(batch.Count == 0 ? "The batch holds no example to learn from." : "The batch is of another network: its examples or labels have other sizes.");
        }

        if (weights.Length != tasks.Count || losses.Tasks.Length != tasks.Count)
        {
            throw new CrossStitchException($"A network of {tasks.Count} tasks has {tasks.Count} weights and losses, not {weights.Length} weights and {losses.Tasks.Length} losses.");
        }

        Compute(batch, weights, losses);
        losses.Joint = losses.Penalty;
        for (var task = 0; task < weights.Length; task++)
        {
            losses.Joint += weights[task] * losses.Tasks[task];
        }
    }

    /// <summary>Does something for each of a number of things, on the engine's threads. What one throws is thrown here, after all have ended.</summary>
    /// <param name="count">How many.</param>
    /// <param name="act">Receives which, from 0; must not care for the order.</param>
    public virtual void ForEach(int count, Action<int> act)
    {
        for (var i = 0; i < count; i++)
        {
            act(i);
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Computes the tasks' losses, the penalty and the gradients; all lengths are right and there is at least one example.</summary>
    protected abstract void Compute(Batch batch, ReadOnlySpan<double> weights, StepLosses losses);

    /// <summary>Predicts; all lengths are right and there is at least one example.</summary>
    protected abstract void Compute(ReadOnlySpan<float> input, int examples, IReadOnlyList<Memory<float>> outputs);
}
