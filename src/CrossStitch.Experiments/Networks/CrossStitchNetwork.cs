using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Networks;

/// <summary>A tower a group of tasks, with a cross-stitch unit after every stage (section 5.2).</summary>
public sealed class CrossStitchNetwork() : NetworkDefinition("cross-stitch", new FigureColor("#0072B2", "#58B4F0"))
{
    /// <inheritdoc/>
    public override string Title => Name;

    /// <inheritdoc/>
    public override bool HasStitches => true;

    /// <inheritdoc/>
    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) =>
        NetworkDescription.CrossStitch(backbone, groups, recipe.Stitches);
}
