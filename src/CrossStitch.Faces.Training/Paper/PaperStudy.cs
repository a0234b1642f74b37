using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>The study of the paper: 21 networks, and the questions that it leaves open.</summary>
public static class PaperStudy
{
    /// <summary>The five networks: the baseline, and four ways to share, each with every set of auxiliary tasks.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["single", "split", "cross-stitch", "related", "related-cross-stitch"];

    /// <summary>Plans it.</summary>
    /// <param name="recipe">What all runs have in common, with all tasks.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="questions">The questions to answer beside the main comparison.</param>
    /// <param name="catalog">What the recipe names.</param>
    public static StudyPlan Plan(Recipe recipe, IReadOnlyList<long> seeds, IReadOnlyList<OpenQuestion> questions, Catalog catalog) => questions.Aggregate(
        StudyPlan.Compare(recipe, [.. Networks.Select(name => catalog.Networks[name])], AuxiliarySet.Each(recipe.Auxiliary()), seeds),
        (plan, question) => plan.Ask(new Question(question.Id, question.Title, question.Asks, []), question.Variants(recipe, catalog)));
}
