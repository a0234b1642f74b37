using CrossStitch.Parameters;
using CrossStitch.Tasks;

namespace CrossStitch.Training;

/// <summary>
/// How much each task's loss counts in the joint loss of a step. One with a state of its own keeps it in the checkpoint, as
/// every <see cref="TrainingExtension"/> does.
/// </summary>
/// <param name="name">Names it, and its section in the checkpoint.</param>
public abstract class LossWeighting(string name) : TrainingExtension(name)
{
    /// <summary>The weights of the next step.</summary>
    /// <param name="tasks">The tasks, with the weights λ that they were given.</param>
    /// <param name="weights">Receives a weight a task.</param>
    public abstract void Weigh(IReadOnlyList<LearningTask> tasks, Span<double> weights);

    /// <summary>
    /// Whether the weights follow from the gradients of the tasks; they cost a pass over the batch for each task, and one more
    /// where weights are tied.
    /// </summary>
    public virtual bool NeedsGradients => false;

    /// <summary>The weights of the next step where <see cref="NeedsGradients"/>; by default those without gradients.</summary>
    /// <param name="tasks">The tasks, with the weights λ that they were given.</param>
    /// <param name="gradients">Of each task's own loss, unweighted and without the penalty of a weight relation, block by block as the parameters are.</param>
    /// <param name="weights">Receives a weight a task.</param>
    public virtual void Weigh(IReadOnlyList<LearningTask> tasks, IReadOnlyList<ParameterSet> gradients, Span<double> weights) => Weigh(tasks, weights);

    /// <summary>Called after every step with the losses that it had, unweighted, a number a task.</summary>
    /// <param name="losses">The losses.</param>
    public virtual void Observe(ReadOnlySpan<double> losses)
    {
    }
}
