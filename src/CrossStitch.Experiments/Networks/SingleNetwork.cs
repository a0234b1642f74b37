using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Networks;

/// <summary>The baseline: one tower, the main task alone.</summary>
public sealed class SingleNetwork() : NetworkDefinition("single", FigurePalette.Baseline)
{
    /// <inheritdoc/>
    public override string Title => "single task";

    /// <inheritdoc/>
    public override bool LearnsAuxiliary => false;

    /// <inheritdoc/>
    public override IReadOnlyList<TaskGroupRecipe> Arrange(IReadOnlyList<TaskWeight> tasks) => [TaskGroupRecipe.Of(tasks[0].Task, tasks.Take(1))];

    /// <inheritdoc/>
    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) => groups is [{ Tasks: [var task] }]
        ? NetworkDescription.Single(backbone, task)
        : throw new CrossStitchException("The single network learns one task; choose another network, or leave the other tasks out.") { Setting = "groups" };
}
