using CrossStitch.Experiments.Recipes;
using CrossStitch.Relations;

namespace CrossStitch.Experiments.Comparison;

/// <summary>
/// A question that the paper leaves open (section 6.4), or that a reader of it asks, with the variants that answer it.
/// </summary>
/// <param name="Id">A short name, as commands take it.</param>
/// <param name="Title">A heading.</param>
/// <param name="Asks">The question in a sentence or two.</param>
/// <param name="Variants">The variants; the others are compared with the first.</param>
public sealed record OpenQuestion(string Id, string Title, string Asks, IReadOnlyList<OpenQuestion.Variant> Variants)
{
    /// <summary>The id of the question whose answer the verdict on sharing needs: what more parameters do alone.</summary>
    public const string TwoTowers = "two-towers";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OpenQuestion> All { get; } =
    [
        new(TwoTowers, "Is it the attributes, or the second tower?",
            "A cross-stitch network has twice the baseline's parameters. With λ = 0 both towers learn from the landmarks alone: what it gains over the baseline is the parameters', and what the attributes add is the difference to the network that learns them.",
            [
                Changed(NetworkKind.CrossStitch, "lambda-0", recipe => recipe with { AuxiliaryWeight = 0 }),
                new("single", NetworkKind.Single),
                Plain(NetworkKind.CrossStitch),
            ]),
        new("auxiliary-weight", "How much should the attributes weigh?",
            "λ of all auxiliary tasks over the landmarks' 1 (eq. 2).",
            [Plain(NetworkKind.CrossStitch), .. new[] { 0.0005, 0.01, 0.05 }.Select(weight =>
                Changed(NetworkKind.CrossStitch, FormattableString.Invariant($"lambda-{weight}"), recipe => recipe with { AuxiliaryWeight = weight }))]),
        new("stitch-rate", "Should α learn faster?",
            "Section 6.4 supposes that the cross-stitch parameters hardly moved because their learning rate was too low.",
            [Plain(NetworkKind.CrossStitch), .. Rates.Select(rate =>
                Changed(NetworkKind.CrossStitch, $"stitch-rate-{rate}", recipe => recipe with { Training = recipe.Training with { StitchRate = rate } }))]),
        new("relation-rate", "Should a and b learn faster?",
            "The same of the map between the towers' weights (eq. 7).",
            [Plain(NetworkKind.RelatedCrossStitch), .. Rates.Select(rate =>
                Changed(NetworkKind.RelatedCrossStitch, $"relation-rate-{rate}", recipe => recipe with { Training = recipe.Training with { RelationRate = rate } }))]),
        new("stitch-start", "Should towers start apart?",
            "α starts at 0.9 and 0.1 in the paper; from 1 and 0 the towers share nothing until they have learned to.",
            [
                Plain(NetworkKind.CrossStitch),
                Changed(NetworkKind.CrossStitch, "start-1-0", recipe => recipe with { Stitches = recipe.Stitches with { Same = 1, Other = 0 } }),
            ]),
        new("stitch-unit", "A unit a channel, or a layer?",
            "The paper gives every channel a matrix of its own; one a layer has a hundredth of the parameters.",
            [
                Plain(NetworkKind.CrossStitch),
                Changed(NetworkKind.CrossStitch, "per-layer", recipe => recipe with { Stitches = recipe.Stitches with { PerChannel = false } }),
            ]),
        new("penalty", "Which penalty?",
            "The three of section 3.3: the squared distance, its exponential, and the exponential after a learned affine map.",
            [
                Plain(NetworkKind.RelatedCrossStitch),
                Changed(NetworkKind.RelatedCrossStitch, "exponential", recipe => recipe with { Relation = recipe.Relation with { Penalty = RelationPenalty.Exponential } }),
                Changed(NetworkKind.RelatedCrossStitch, "squared", recipe => recipe with { Relation = recipe.Relation with { Penalty = RelationPenalty.Squared } }),
            ]),
        new("stitches", "Related weights with or without stitches?",
            "Section 6.4 asks what the penalty does alone.",
            [Plain(NetworkKind.RelatedCrossStitch), Plain(NetworkKind.Related), Plain(NetworkKind.CrossStitch)]),
    ];

    private static IReadOnlyList<int> Rates => [10, 100, 1000];

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

    private static Variant Plain(NetworkKind network) => new($"{NetworkBuilder.Name(network)}-{AuxiliarySet.All.Name}", network);

    private static Variant Changed(NetworkKind network, string name, Func<Recipe, Recipe> change) => Plain(network) with { Name = $"{Plain(network).Name}@{name}", Change = change };

    /// <summary>A network that answers a question.</summary>
    /// <param name="Name">Its name: the network and its auxiliary tasks, then @ and what is different.</param>
    /// <param name="Network">The network; it has all auxiliary tasks, or none if it is the baseline.</param>
    public sealed record Variant(string Name, NetworkKind Network)
    {
        /// <summary>What is different in its recipe; nothing for a network of the main comparison.</summary>
        public Func<Recipe, Recipe> Change { get; init; } = recipe => recipe;
    }
}
