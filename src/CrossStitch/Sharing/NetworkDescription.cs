using CrossStitch.Parameters;
using CrossStitch.Relations;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Sharing;

/// <summary>
/// What a network for several tasks is: a tower for each group of tasks, a linear head for each task, and what the towers
/// share. A description holds no numbers; <see cref="Network"/> has them, and an engine computes with them.
/// </summary>
/// <param name="Name">Name of the architecture.</param>
/// <param name="Shape">What each tower is made of.</param>
/// <param name="Groups">The groups of tasks, one a tower; the first task of the first is the main one.</param>
/// <param name="Stitches">How towers mix their features after every stage; null for towers that do not.</param>
/// <param name="Relation">How the towers' weights are tied; null for weights that are free.</param>
public sealed record NetworkDescription(
    string Name,
    TowerShape Shape,
    IReadOnlyList<TaskGroup> Groups,
    TowerMixing? Stitches = null,
    WeightRelationOptions? Relation = null)
{
    /// <summary>All tasks, group by group: the order of the outputs. The first is the main task.</summary>
    public IReadOnlyList<LearningTask> Tasks { get; } = [.. Groups.SelectMany(group => group.Tasks)];

    /// <summary>The baseline: one tower, one task, nothing shared.</summary>
    /// <param name="shape">What its tower is made of.</param>
    /// <param name="task">The task.</param>
    public static NetworkDescription Single(TowerShape shape, LearningTask task) => new("single", shape, [new TaskGroup(task.Name, [task])]);

    /// <summary>A shared trunk that splits at its last layer into a head a task (section 5.1, figure 1).</summary>
    /// <param name="shape">What the trunk is made of.</param>
    /// <param name="tasks">The tasks; the first is the main one.</param>
    public static NetworkDescription Split(TowerShape shape, IReadOnlyList<LearningTask> tasks) => new("split", shape, [new TaskGroup("trunk", tasks)]);

    /// <summary>One tower a group of tasks, and a cross-stitch unit after every stage (sections 3.2 and 5.2, figure 2).</summary>
    /// <param name="shape">What each tower is made of.</param>
    /// <param name="groups">The groups of tasks; at least two.</param>
    /// <param name="mixing">How towers mix; null for the paper's units.</param>
    public static NetworkDescription CrossStitch(TowerShape shape, IReadOnlyList<TaskGroup> groups, TowerMixing? mixing = null) =>
        new("cross-stitch", shape, groups, mixing ?? new CrossStitchOptions());

    /// <summary>
    /// Towers without stitches, tied by nothing but the weight relation (section 3.3, "with or without the presence of
    /// cross stitch").
    /// </summary>
    /// <param name="shape">What each tower is made of.</param>
    /// <param name="groups">The groups of tasks; at least two.</param>
    /// <param name="relation">How the towers' weights are tied; null for the paper's.</param>
    public static NetworkDescription Related(TowerShape shape, IReadOnlyList<TaskGroup> groups, WeightRelationOptions? relation = null) =>
        new("related", shape, groups, Relation: relation ?? new());

    /// <summary>Cross-stitch units and a weight relation (section 5.3, figure 3).</summary>
    /// <param name="shape">What each tower is made of.</param>
    /// <param name="groups">The groups of tasks; at least two.</param>
    /// <param name="mixing">How towers mix; null for the paper's units.</param>
    /// <param name="relation">How the towers' weights are tied; null for the paper's.</param>
    public static NetworkDescription RelatedCrossStitch(
        TowerShape shape, IReadOnlyList<TaskGroup> groups, TowerMixing? mixing = null, WeightRelationOptions? relation = null) =>
        new("related-cross-stitch", shape, groups, mixing ?? new CrossStitchOptions(), relation ?? new());

    /// <summary>The tower whose features a task reads.</summary>
    /// <param name="task">The task's place in <see cref="Tasks"/>.</param>
    public int TowerOf(int task)
    {
        for (var tower = 0; ; task -= Groups[tower].Tasks.Count, tower++)
        {
            if (task < Groups[tower].Tasks.Count)
            {
                return tower;
            }
        }
    }

    /// <summary>Checks that such a network can be.</summary>
    /// <exception cref="CrossStitchException">There is no task, two tasks share a name, or the shape is impossible.</exception>
    public void Validate()
    {
        Require(Groups.Count > 0 && Groups.All(group => group.Tasks.Count > 0), "A network needs at least one group of tasks, and each group at least one task.");
        var twice = Tasks.GroupBy(task => task.Name).FirstOrDefault(tasks => tasks.Count() > 1);
        Require(twice is null, $"Two tasks are called '{twice?.Key}'; give each its own name.");
        var wrong = Tasks.FirstOrDefault(task => task.Outputs < 1 || task.FirstOutput.Count != task.Outputs);
        Require(wrong is null, $"Task '{wrong?.Name}' has {wrong?.Outputs} outputs and {wrong?.FirstOutput.Count} first ones; it needs at least one, and as many first ones.");
        var unnamed = Tasks.FirstOrDefault(task => task.OutputNames.Count > 0 && task.OutputNames.Count != task.Outputs);
        Require(unnamed is null, $"Task '{unnamed?.Name}' has {unnamed?.Outputs} outputs and {unnamed?.OutputNames.Count} names for them; name each, or none.");
        Require(Stitches is null || Groups.Count > 1, "Mixing takes at least two towers, so the network needs at least two groups of tasks.");
        Require(Relation is null || Groups.Count > 1, "A weight relation ties the weights of towers to each other, so it needs at least two groups of tasks.");
        Shape.StageOutputs();
        if (Relation is not null)
        {
            _ = new WeightRelation(this);
        }

        static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new CrossStitchException(message);
            }
        }
    }

    /// <summary>
    /// The blocks of parameters: towers stage by stage, then heads, each weights then biases, then those of the mixing, then a
    /// and b of the relation.
    /// </summary>
    /// <exception cref="CrossStitchException">Such a network cannot be.</exception>
    public IReadOnlyList<ParameterBlock> Blocks()
    {
        Validate();
        var features = Shape.StageOutputs()[^1].Aggregate(1, (product, side) => product * side);
        var layers = from tower in Enumerable.Range(0, Groups.Count)
                     from stage in Shape.Stages.Zip(Shape.StageInputs())
                     from block in stage.First.Blocks(ParameterNames.Stage(tower, stage.First.Name), stage.Second)
                     select block;
        var heads = Tasks.SelectMany(task => ParameterBlock.WithBias(ParameterNames.Head(task.Name), [task.Outputs, features]));
        var units = Stitches?.Blocks(this) ?? [];
        var relation = Relation is { Penalty.HasMap: true }
            ? new WeightRelation(this) is var related && related.MapShape is var map
                ? new[] { new ParameterBlock(ParameterNames.Scale, map, ParameterRole.Relation), new ParameterBlock(ParameterNames.Shift, map, ParameterRole.Relation) }
                : []
            : [];
        return [.. layers, .. heads, .. units, .. relation];
    }
}
