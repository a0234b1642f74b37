using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using CrossStitch.Relations;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>
/// A question that the paper leaves open (section 6.4), or that a reader of it asks, with the variants that answer it.
/// </summary>
/// <param name="Id">A short name, as commands take it.</param>
/// <param name="Title">A heading.</param>
/// <param name="Asks">The question in a sentence or two.</param>
/// <param name="Variants">Makes the variants of a base recipe; the others are compared with the first.</param>
public sealed record OpenQuestion(string Id, string Title, string Asks, Func<Recipe, Catalog, IReadOnlyList<Variant>> Variants)
{
    private const string Single = "single";
    private const string CrossStitch = "cross-stitch";
    private const string Related = "related";
    private const string Both = "related-cross-stitch";

    private static readonly int[] Rates = [10, 100, 1000];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OpenQuestion> All { get; } =
    [
        new("two-towers", "Is it the attributes, or the second tower?",
            "A cross-stitch network has twice the baseline's parameters. With λ = 0 both towers learn from the landmarks alone: what it gains over the baseline is the parameters', and what the attributes add is the difference to the network that learns them.",
            (recipe, catalog) =>
            [
                Changed(recipe, catalog, CrossStitch, "lambda-0", one => one.WithAuxiliaryWeight(0)),
                Plain(recipe, catalog, Single),
                Plain(recipe, catalog, CrossStitch),
            ]),
        new("auxiliary-weight", "How much should the attributes weigh?",
            "λ of all auxiliary tasks over the landmarks' 1 (eq. 2).",
            (recipe, catalog) => [Plain(recipe, catalog, CrossStitch), .. new[] { 0.0005, 0.01, 0.05 }.Select(weight =>
                Changed(recipe, catalog, CrossStitch, FormattableString.Invariant($"lambda-{weight}"), one => one.WithAuxiliaryWeight(weight)))]),
        new("stitch-rate", "Should α learn faster?",
            "Section 6.4 supposes that the cross-stitch parameters hardly moved because their learning rate was too low.",
            (recipe, catalog) => [Plain(recipe, catalog, CrossStitch), .. Rates.Select(rate =>
                Changed(recipe, catalog, CrossStitch, $"stitch-rate-{rate}", one => one with { Training = one.Training with { StitchRate = rate } }))]),
        new("relation-rate", "Should a and b learn faster?",
            "The same of the map between the towers' weights (eq. 7).",
            (recipe, catalog) => [Plain(recipe, catalog, Both), .. Rates.Select(rate =>
                Changed(recipe, catalog, Both, $"relation-rate-{rate}", one => one with { Training = one.Training with { RelationRate = rate } }))]),
        new("stitch-start", "Should towers start apart?",
            "α starts at 0.9 and 0.1 in the paper; from 1 and 0 the towers share nothing until they have learned to.",
            (recipe, catalog) =>
            [
                Plain(recipe, catalog, CrossStitch),
                Changed(recipe, catalog, CrossStitch, "start-1-0", one => one with { Stitches = one.Stitches with { Same = 1, Other = 0 } }),
            ]),
        new("stitch-unit", "A unit a channel, or a layer?",
            "The paper gives every channel a matrix of its own; one a layer has a hundredth of the parameters.",
            (recipe, catalog) =>
            [
                Plain(recipe, catalog, CrossStitch),
                Changed(recipe, catalog, CrossStitch, "per-layer", one => one with { Stitches = one.Stitches with { PerChannel = false } }),
            ]),
        new("penalty", "Which penalty?",
            "The three of section 3.3: the squared distance, its exponential, and the exponential after a learned affine map.",
            (recipe, catalog) =>
            [
                Plain(recipe, catalog, Both),
                Changed(recipe, catalog, Both, "exponential", one => one with { Relation = one.Relation with { Penalty = RelationPenalty.Exponential } }),
                Changed(recipe, catalog, Both, "squared", one => one with { Relation = one.Relation with { Penalty = RelationPenalty.Squared } }),
            ]),
        new("stitches", "Related weights with or without stitches?",
            "Section 6.4 asks what the penalty does alone.",
            (recipe, catalog) => [Plain(recipe, catalog, Both), Plain(recipe, catalog, Related), Plain(recipe, catalog, CrossStitch)]),
    ];

    /// <summary>Reads questions as a user writes them: <c>all</c>, <c>none</c>, or ids joined by commas.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <exception cref="CrossStitchException">It names no known question.</exception>
    public static IReadOnlyList<OpenQuestion> Parse(string text)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case "all":
                return All;
            case "none":
                return [];
        }

        var ids = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length > 1 && ids.FirstOrDefault(id => id is "all" or "none") is { } alone)
        {
            throw new CrossStitchException($"'{alone}' stands for all questions or none and cannot be joined with others; write it alone.");
        }

        var unknown = ids.FirstOrDefault(id => All.All(question => question.Id != id));
        return unknown is null && ids.Length > 0
            ? [.. All.Where(question => ids.Contains(question.Id))]
            : throw new CrossStitchException($"'{unknown ?? text}' is not a question; write all, none, or names of {string.Join(", ", All.Select(question => question.Id))} joined by commas.{NearestName.Question(unknown ?? text, ["all", "none", .. All.Select(question => question.Id)])}");
    }

    private static Variant Plain(Recipe recipe, Catalog catalog, string network) => Variant.Of(recipe, catalog.Networks[network], recipe.Auxiliary());

    private static Variant Changed(Recipe recipe, Catalog catalog, string network, string name, Func<Recipe, Recipe> change) =>
        Plain(recipe, catalog, network).With(name, recipe, catalog, change);
}
