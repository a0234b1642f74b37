using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Networks;

/// <summary>One tower, a head a task (section 5.1).</summary>
public sealed class SplitNetwork() : NetworkDefinition("split", new FigureColor("#D55E00", "#F5894A"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<TaskGroupRecipe> Arrange(IReadOnlyList<TaskWeight> tasks) => [TaskGroupRecipe.Of("trunk", tasks)];

    /// <inheritdoc/>
    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) => groups is [var trunk]
        ? NetworkDescription.Split(backbone, trunk.Tasks)
        : throw new CrossStitchException($"The split network has one tower, so its tasks are one group, not {groups.Count}.") { Setting = "groups" };
}
