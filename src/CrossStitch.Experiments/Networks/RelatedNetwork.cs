using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Networks;

/// <summary>A tower a group of tasks, tied by the weight relation alone (section 3.3).</summary>
public sealed class RelatedNetwork() : NetworkDefinition("related", new FigureColor("#00875F", "#3CC79A"))
{
    /// <inheritdoc/>
    public override bool HasRelation => true;

    /// <inheritdoc/>
    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) =>
        NetworkDescription.Related(backbone, groups, recipe.Relation);
}
