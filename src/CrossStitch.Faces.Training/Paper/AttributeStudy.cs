using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Measures;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>
/// When do landmarks help attributes? Attributes are labelled on fewer and fewer of the training faces while all have their
/// landmarks; and networks that learn the landmarks too stand beside one that learns all attributes, and one that learns the
/// attribute alone.
/// </summary>
public static class AttributeStudy
{
    private static readonly string[] Tasks = [.. FaceAttribute.All.Select(attribute => attribute.Name)];

    private static readonly LabelWay All = new("all attributes", "split", "attributes") { Alter = recipe => recipe with { Groups = [Group("trunk", Tasks)] }, Color = FigurePalette.Muted };

    private static readonly LabelWay Split = new("split, with landmarks", "split") { Without = All };

    private static readonly LabelWay CrossStitch = new("cross-stitch, with landmarks", "cross-stitch") { Without = All };

    /// <summary>The attributes, each a question of its own.</summary>
    public static IReadOnlyList<FaceAttribute> Attributes => FaceAttribute.All;

    /// <summary>The shares of the training faces that have attributes.</summary>
    public static IReadOnlyList<double> Shares { get; } = [1, 0.1, 0.02];

    /// <summary>The question of an attribute.</summary>
    /// <param name="attribute">Which attribute.</param>
    public static string Question(FaceAttribute attribute) => $"labels-{attribute.Name}";

    /// <summary>Plans it.</summary>
    /// <param name="recipe">What all runs have in common, with all tasks.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="catalog">What the recipe names.</param>
    public static StudyPlan Plan(Recipe recipe, IReadOnlyList<long> seeds, Catalog catalog) => Attributes.Aggregate(
        new StudyPlan(recipe, [], seeds, []),
        (plan, attribute) =>
        {
            var variants = Variants(recipe, catalog, attribute);
            string Name(LabelWay way, double share) => variants.First(one => one.Way == way && one.Share == share).Variant.Name;
            var alone = variants[0].Way;
            return plan.Ask(
                new Question(
                    Question(attribute),
                    $"Do landmarks help {attribute.Name}?",
                    "Attributes are labelled on a share of the training faces, landmarks on all. Networks are compared with one that learns this attribute alone, and those with landmarks with one that learns all attributes without them.",
                    [])
                {
                    Measures = [FaceMeasures.BalancedAccuracy(attribute), FaceMeasures.Accuracy(attribute)],
                    Pairs =
                    [
                        .. from share in Shares from way in new[] { All, Split, CrossStitch } select new ComparedPair(Name(way, share), Name(alone, share)),
                        .. from share in Shares from way in new[] { Split, CrossStitch } select new ComparedPair(Name(way, share), Name(All, share)),
                    ],
                },
                [.. variants.Select(one => one.Variant)]);
        });

    /// <summary>The ways to learn an attribute at every share; that of the attribute alone first.</summary>
    /// <param name="recipe">What all runs have in common.</param>
    /// <param name="catalog">What the recipe names.</param>
    /// <param name="attribute">Which attribute.</param>
    internal static IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> Variants(Recipe recipe, Catalog catalog, FaceAttribute attribute)
    {
        var alone = new LabelWay($"{attribute.Name} alone", "single", attribute.Name) { Alter = one => one with { Groups = [Group(attribute.Name, [attribute.Name])] }, Color = FigurePalette.Baseline };
        return [.. from way in new[] { alone, All, Split, CrossStitch } from share in Shares select (way, way.Of(recipe, catalog, Tasks, share), share)];
    }

    private static TaskGroupRecipe Group(string name, IEnumerable<string> attributes) => TaskGroupRecipe.Of(name, attributes.Select(attribute => new TaskWeight(attribute, 1)));
}
