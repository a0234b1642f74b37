using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Studies;

/// <summary>What a study compares: variants of a recipe, each with every seed. Without questions it is a plain comparison.</summary>
/// <param name="Recipe">What all runs have in common, with all tasks; network, auxiliary tasks and seed are the variants'.</param>
/// <param name="Variants">The variants, those of the main comparison first.</param>
/// <param name="Seeds">The seeds that each is trained with.</param>
/// <param name="Questions">The questions that some of the variants answer.</param>
public sealed record StudyPlan(Recipe Recipe, IReadOnlyList<Variant> Variants, IReadOnlyList<long> Seeds, IReadOnlyList<Question> Questions)
{
    /// <summary>The most seeds that a network can be trained with in one study.</summary>
    public const int MostSeeds = 1000;

    /// <summary>The most variants of one study.</summary>
    public const int MostVariants = 200;

    /// <summary>The most questions of one study.</summary>
    public const int MostQuestions = 100;

    /// <summary>Plans a comparison of networks.</summary>
    /// <param name="recipe">What all runs have in common, with all tasks.</param>
    /// <param name="networks">The networks.</param>
    /// <param name="auxiliary">The sets of auxiliary tasks that each network but a baseline is trained with.</param>
    /// <param name="seeds">The seeds.</param>
    public static StudyPlan Compare(Recipe recipe, IReadOnlyList<NetworkDefinition> networks, IReadOnlyList<IReadOnlyList<string>> auxiliary, IReadOnlyList<long> seeds) => new(
        recipe,
        [.. networks.SelectMany(network => auxiliary.Select(set => Variant.Of(recipe, network, set))).DistinctBy(variant => variant.Name)],
        seeds,
        []);

    /// <summary>The same with a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variants">The variants that answer it, in its order; those that the plan has already are not done twice.</param>
    public StudyPlan Ask(Question question, IReadOnlyList<Variant> variants) => this with
    {
        Variants = [.. Variants.Concat(variants).DistinctBy(variant => variant.Name)],
        Questions = [.. Questions, question with { Variants = [.. variants.Select(variant => variant.Name)] }],
    };

    /// <summary>The runs: the main comparison seed by seed, so that one that is stopped has compared something, then the rest.</summary>
    /// <param name="catalog">What the recipes name.</param>
    public IReadOnlyList<PlannedRun> Runs(Catalog catalog) =>
    [
        .. from variants in Variants.GroupBy(variant => variant.IsMain).OrderByDescending(each => each.Key)
           from seed in Seeds
           from variant in variants
           where variant.Averages is null
           let recipe = variant.Apply(Recipe, seed, catalog)
           select new PlannedRun(variant, recipe, catalog.Networks[variant.Network].Cost(recipe.Groups.Count)),
    ];

    /// <summary>The variant that the others are compared with: the first that learns the main task alone; null without one.</summary>
    /// <param name="catalog">What the variants name.</param>
    public Variant? Baseline(Catalog catalog) => Variants.FirstOrDefault(variant => catalog.Networks.Find(variant.Network) is { LearnsAuxiliary: false });
}
