using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Comparison;

/// <summary>The runs of a study: the paper's 21 networks, then the variants that answer its questions, each with every seed.</summary>
/// <param name="Runs">The runs in the order in which they are done: the main comparison seed by seed, then the questions.</param>
/// <param name="Questions">The questions.</param>
public sealed record StudyPlan(IReadOnlyList<PlannedRun> Runs, IReadOnlyList<StudyQuestion> Questions)
{
    /// <summary>The most seeds that a network can be trained with in one study or comparison.</summary>
    public const int MostSeeds = 1000;

    /// <summary>Plans a study.</summary>
    /// <param name="recipe">What all runs have in common; network, auxiliary tasks and seed are replaced.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="questions">The questions to answer beside the main comparison.</param>
    public static StudyPlan Create(Recipe recipe, IReadOnlyList<long> seeds, IReadOnlyList<OpenQuestion> questions)
    {
        var main = new ComparisonPlan(recipe, Enum.GetValues<NetworkKind>(), AuxiliarySet.Each, seeds).Runs();
        var known = main.Select(run => run.Variant).ToHashSet();
        var extra = questions.SelectMany(question => question.Variants).Where(variant => known.Add(variant.Name)).ToList();
        return new StudyPlan(
            [
                .. main,
                .. from seed in seeds
                   from variant in extra
                   select new PlannedRun(variant.Name, variant.Change(recipe with { Network = variant.Network, Auxiliary = AuxiliarySet.All.Tasks, Seed = seed })),
            ],
            [.. questions.Select(question => new StudyQuestion(question.Id, question.Title, question.Asks, [.. question.Variants.Select(variant => variant.Name)]))]);
    }
}
