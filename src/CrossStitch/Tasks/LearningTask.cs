using static TorchSharp.torch;

namespace CrossStitch.Tasks;

/// <summary>
/// Something to learn: a name, the width of its linear head, a loss, and a weight λ in the joint loss (eq. 1, 2 and 8).
/// </summary>
/// <param name="Name">Unique among the tasks of a network; the key of its targets and outputs.</param>
/// <param name="Outputs">Width of the head.</param>
/// <param name="Weight">λ: the loss's factor in the joint loss.</param>
public abstract record LearningTask(string Name, int Outputs, double Weight)
{
    /// <summary>What the head says before it has learned anything: [outputs], its first biases; zeros by default.</summary>
    public virtual IReadOnlyList<float> FirstOutput => new float[Outputs];

    /// <summary>The unweighted loss of a batch, a scalar tensor: averaged over the examples that have a label.</summary>
    /// <param name="output">What the head said: [batch, outputs].</param>
    /// <param name="target">The labels.</param>
    public abstract Tensor Loss(Tensor output, Tensor target);
}
