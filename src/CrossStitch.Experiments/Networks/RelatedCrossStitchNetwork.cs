using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Networks;

/// <summary>A tower a group of tasks, with cross-stitch units and the weight relation (section 5.3).</summary>
public sealed class RelatedCrossStitchNetwork() : NetworkDefinition("related-cross-stitch", new FigureColor("#B0508F", "#E594C8"))
{
    /// <inheritdoc/>
    public override string Title => "related cross-stitch";

    /// <inheritdoc/>
    public override bool HasStitches => true;

    /// <inheritdoc/>
    public override bool HasRelation => true;

    /// <inheritdoc/>
    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) =>
        NetworkDescription.RelatedCrossStitch(backbone, groups, recipe.Stitches, recipe.Relation);
}
