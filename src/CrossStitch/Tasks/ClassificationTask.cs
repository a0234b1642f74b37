using CrossStitch.Engines;
using static TorchSharp.torch;

namespace CrossStitch.Tasks;

/// <summary>
/// A class to predict, with the second term of eq. 2: the cross-entropy of a softmax. The paper prints that term as a
/// sum over examples beside a mean of squared errors; here both are means, and λ carries the factor.
/// </summary>
/// <param name="Name">Unique among the tasks of a network.</param>
/// <param name="Classes">How many classes.</param>
/// <param name="Weight">λ in the joint loss.</param>
public sealed record ClassificationTask(string Name, int Classes, double Weight = 1) : LearningTask(Name, Classes, Weight)
{
    /// <summary>The target of an example that has no label; it is left out of the loss.</summary>
    public const long Missing = -1;

    /// <inheritdoc/>
    /// <param name="output">Logits: [batch, classes].</param>
    /// <param name="target">[batch], int64: 0 to classes − 1, or <see cref="Missing"/>.</param>
    public override Tensor Loss(Tensor output, Tensor target)
    {
        var labelled = target.Differs(Missing).sum().AtLeastOne();
        return nn.functional.cross_entropy(output, target, ignore_index: Missing, reduction: nn.Reduction.Sum) / labelled;
    }
}
