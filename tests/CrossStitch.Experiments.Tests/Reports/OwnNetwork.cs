using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Tests.Reports;

/// <summary>A way to share as an application adds it: a tower a task, cross-stitched.</summary>
internal sealed class OwnNetwork() : NetworkDefinition("tower-a-task", new FigureColor("#123456", "#FEDCBA"))
{
    public override bool HasStitches => true;

    public override IReadOnlyList<TaskGroupRecipe> Arrange(IReadOnlyList<TaskWeight> tasks) => [.. tasks.Select(task => TaskGroupRecipe.Of(task.Task, [task]))];

    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) =>
        NetworkDescription.CrossStitch(backbone, groups, recipe.Stitches) with { Name = Name };
}
