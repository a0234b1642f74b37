using CrossStitch.Engines;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Sharing;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Builds the network that a recipe asks for, and what computes it.</summary>
public static class NetworkBuilder
{
    /// <summary>The most parameters of a network: with gradients and the optimiser's memory they take four gigabytes.</summary>
    private const long MostParameters = 250_000_000;

    /// <summary>Describes it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="catalog">What it names.</param>
    /// <exception cref="CrossStitchException">Such a network cannot be.</exception>
    public static NetworkDescription Describe(this Recipe recipe, Catalog catalog) => recipe.Describe(catalog, new Dictionary<string, double[]>());

    /// <summary>Describes it with what the training examples say of its tasks.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="catalog">What it names.</param>
    /// <param name="offsets">By name of a classification task, the offsets of its logits (<see cref="ClassBalance.Offsets"/>).</param>
    /// <exception cref="CrossStitchException">Such a network cannot be.</exception>
    internal static NetworkDescription Describe(this Recipe recipe, Catalog catalog, IReadOnlyDictionary<string, double[]> offsets)
    {
        var definition = catalog.Networks[recipe.Network];
        if (definition.LearnsAuxiliary && recipe.Auxiliary().Count == 0)
        {
            var others = recipe.Data.Tasks().Skip(1).Select(task => task.Name);
            throw new CrossStitchException($"The {definition.Name} network shares what tasks learn, so it needs at least one auxiliary task: {string.Join(", ", others)}.") { Setting = "groups" };
        }

        var known = recipe.Data.Tasks().ToDictionary(task => task.Name);
        IReadOnlyList<TaskGroup> groups = [.. recipe.Groups.Select(group => new TaskGroup(group.Name, [.. group.Tasks.Select(task => Learned(known[task.Key] with { Weight = task.Value }))]))];
        var description = definition.Describe(recipe.Backbone ?? recipe.Data.Backbone(), groups, recipe);
        RefuseTooLarge(description);
        return description;

        LearningTask Learned(LearningTask task) => task switch
        {
            RegressionTask numbers when recipe.Huber?.TryGetValue(task.Name, out var delta) is true => numbers with { HuberDelta = delta },
            ClassificationTask classes when offsets.TryGetValue(task.Name, out var added) => classes with { LogitOffsets = added },
            _ => task,
        };
    }

    private static void RefuseTooLarge(NetworkDescription description)
    {
        long count;
        try
        {
            count = description.Blocks().Sum(block => (long)block.Count);
        }
        catch (OverflowException)
        {
            count = long.MaxValue;
        }

        if (count > MostParameters)
        {
            throw new CrossStitchException($"The network has {(count == long.MaxValue ? "far more than" : $"{count} parameters, more than")} the {MostParameters} that can be trained; make the stages of its backbone smaller.") { Setting = "backbone" };
        }
    }

    /// <summary>Builds it with its first weights.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="catalog">What it names.</param>
    /// <exception cref="CrossStitchException">The network cannot be.</exception>
    public static Network Build(this Recipe recipe, Catalog catalog) => Network.Create(recipe.Describe(catalog), recipe.TrainingSeed);

    /// <summary>Prepares what computes it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="catalog">What it names.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="CrossStitchException">The engine that it asks for does not know the network, or none does.</exception>
    public static NetworkEngine Engine(this Recipe recipe, Catalog catalog, Network network)
    {
        if (recipe.Engine != Catalog.AnyEngine)
        {
            return catalog.Engines[recipe.Engine].Create(network, recipe.UsedThreads);
        }

        CrossStitchException? refusal = null;
        foreach (var engine in catalog.Engines.All)
        {
            try
            {
                return engine.Create(network, recipe.UsedThreads);
            }
            catch (CrossStitchException error)
            {
                refusal ??= error;
            }
        }

        throw refusal!;
    }
}
