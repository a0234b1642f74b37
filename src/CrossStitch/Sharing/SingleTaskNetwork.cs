using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Sharing;

/// <summary>The baseline: one tower, one task, nothing shared.</summary>
public sealed class SingleTaskNetwork : MultiTaskNetwork
{
    /// <summary>Builds the network.</summary>
    /// <param name="shape">What its tower is made of.</param>
    /// <param name="task">The task.</param>
    /// <param name="seed">Where the first weights come from.</param>
    public SingleTaskNetwork(TowerShape shape, LearningTask task, long seed)
        : base("single", shape, [new TaskGroup(task.Name, [task])], seed, relation: null) => RegisterComponents();
}
