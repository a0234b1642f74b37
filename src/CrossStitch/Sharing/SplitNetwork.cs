using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Sharing;

/// <summary>A shared trunk that splits at its last layer into a head a task (section 5.1, figure 1).</summary>
public sealed class SplitNetwork : MultiTaskNetwork
{
    /// <summary>Builds the network.</summary>
    /// <param name="shape">What the trunk is made of.</param>
    /// <param name="tasks">The tasks; the first is the main one.</param>
    /// <param name="seed">Where the first weights come from.</param>
    public SplitNetwork(TowerShape shape, IReadOnlyList<LearningTask> tasks, long seed)
        : base("split", shape, [new TaskGroup("trunk", tasks)], seed, relation: null) => RegisterComponents();
}
