using CrossStitch.Tasks;

namespace CrossStitch.Training;

/// <summary>The weights λ that the tasks were given, at every step (eq. 1).</summary>
public sealed class FixedWeights() : LossWeighting("fixed weights")
{
    /// <inheritdoc/>
    public override void Weigh(IReadOnlyList<LearningTask> tasks, Span<double> weights)
    {
        for (var task = 0; task < weights.Length; task++)
        {
            weights[task] = tasks[task].Weight;
        }
    }
}
