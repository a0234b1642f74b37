using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Towers;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>
/// When do attributes help landmarks? Landmarks are labelled on fewer and fewer of the training faces while all have their
/// attributes; and networks that learn the attributes stand beside the same networks with λ = 0, which do not.
/// </summary>
public static class LabelStudy
{
    /// <summary>The question whether attributes help.</summary>
    public const string Attributes = "labels";

    /// <summary>The question which network does best.</summary>
    public const string Networks = "labels-networks";

    private static readonly string[] Tasks = [FaceTasks.Landmarks];

    private static readonly LabelWay Single = new("single", "single") { Color = FigurePalette.Baseline };

    private static readonly LabelWay Wide = new("single, wide", "single", "wide") { Alter = Widened, Color = FigurePalette.Muted };

    private static readonly LabelWay Second = new("single, second", "single", "second") { Alter = recipe => recipe with { Member = 2 } };

    private static readonly LabelWay Ensemble = new("two singles", "single", "ensemble") { Averages = [Single, Second], Color = FigurePalette.Stated };

    /// <summary>The shares of the training faces that have landmarks.</summary>
    public static IReadOnlyList<double> Shares { get; } = [1, 0.3, 0.1, 0.05, 0.02];

    /// <summary>The ways to learn, each after those that it averages or is compared with.</summary>
    internal static IReadOnlyList<LabelWay> Ways { get; } =
    [
        Single, Second, Wide, Ensemble,
        new("split", "split") { Without = Single },
        .. new[] { ("cross-stitch", "cross-stitch"), ("related cross-stitch", "related-cross-stitch") }.SelectMany(network => WithAndWithout(network.Item1, network.Item2)),
    ];

    /// <summary>Plans it.</summary>
    /// <param name="recipe">What all runs have in common, with all tasks.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="catalog">What the recipe names.</param>
    public static StudyPlan Plan(Recipe recipe, IReadOnlyList<long> seeds, Catalog catalog)
    {
        IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> all = Variants(recipe, catalog);
        string Name(LabelWay way, double share) => way.Of(recipe, catalog, Tasks, share).Name;
        var attributes = all.Where(one => one.Way.Without is not null).Select(one => new ComparedPair(one.Variant.Name, Name(one.Way.Without!, one.Share))).ToList();
        var networks = all.Where(one => one.Way != Single && one.Way != Second).Select(one => new ComparedPair(one.Variant.Name, Name(Single, one.Share))).ToList();
        return new StudyPlan(
            recipe,
            [.. all.Select(one => one.Variant)],
            seeds,
            [
                Ask(Attributes, "When do attributes help landmarks?", "Landmarks are labelled on a share of the training faces, attributes on all. Each network that learns the attributes is compared with the same network that does not: λ = 0, and the single network beside the split one.", attributes),
                Ask(Networks, "Which network does best with few landmarks?", "Each network, with attributes and without, is compared with the single network of as many labels. The wide one has about the parameters of two towers; two singles are an ensemble, whose predictions are averaged.", networks),
            ]);
    }

    /// <summary>Every way at every share.</summary>
    /// <param name="recipe">What all runs have in common.</param>
    /// <param name="catalog">What the recipe names.</param>
    internal static IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> Variants(Recipe recipe, Catalog catalog) =>
        [.. from share in Shares from way in Ways select (way, way.Of(recipe, catalog, Tasks, share), share)];

    private static Question Ask(string id, string title, string asks, List<ComparedPair> pairs) =>
        new(id, title, asks, [.. pairs.SelectMany(pair => new[] { pair.Baseline, pair.Variant }).Distinct()]) { Pairs = pairs };

    private static IEnumerable<LabelWay> WithAndWithout(string title, string network)
    {
        var without = new LabelWay($"{title}, λ = 0", network, "lambda-0") { Alter = recipe => recipe.WithAuxiliaryWeight(0) };
        return [without, new LabelWay(title, network) { Without = without }];
    }

    /// <summary>A tower of about twice the parameters: every width times √2.</summary>
    private static Recipe Widened(Recipe recipe)
    {
        static int Wide(int width) => (int)Math.Round(width * Math.Sqrt(2));
        var shape = recipe.Backbone ?? recipe.Data.Backbone();
        return recipe with
        {
            Backbone = shape with
            {
                Stages = [.. shape.Stages.Select(stage => stage switch
                {
                    ConvolutionStage convolution => convolution with { Channels = Wide(convolution.Channels) },
                    DenseStage dense => dense with { Features = Wide(dense.Features) },
                    _ => stage,
                })],
            },
        };
    }
}
