using CrossStitch.Engines;
using static TorchSharp.torch;

namespace CrossStitch.Tasks;

/// <summary>
/// Numbers to predict, with the first term of eq. 2: the squared norm of the error, averaged over examples,
/// <c>1/N Σ ‖y − f(x)‖²</c>.
/// </summary>
/// <param name="Name">Unique among the tasks of a network.</param>
/// <param name="Outputs">How many numbers.</param>
/// <param name="Weight">λ in the joint loss.</param>
/// <param name="Start">
/// What the head says before it has learned anything, such as the targets' mean: [outputs], the head's first biases;
/// null for zeros. Without it, a network spends its first epochs, and its first features, on learning an offset.
/// </param>
public sealed record RegressionTask(string Name, int Outputs, double Weight = 1, IReadOnlyList<float>? Start = null) : LearningTask(Name, Outputs, Weight)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float> FirstOutput => Start ?? base.FirstOutput;

    /// <inheritdoc/>
    /// <param name="output">[batch, outputs].</param>
    /// <param name="target">[batch, outputs], float; an example whose target holds a NaN has no label and is left out.</param>
    public override Tensor Loss(Tensor output, Tensor target)
    {
        var labelled = target.isfinite().all(1);
        var errors = output - where(labelled.unsqueeze(1), target, output.detach());
        return errors.Squared().sum() / labelled.sum().AtLeastOne();
    }
}
