using CrossStitch.Engines;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Builds the network that a recipe asks for, and what computes it.</summary>
public static class NetworkBuilder
{
    /// <summary>Describes it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="CrossStitchException">A network that shares has no auxiliary task to share with.</exception>
    public static NetworkDescription Describe(Recipe recipe)
    {
        var main = FaceTasks.MainTask();
        IReadOnlyList<LearningTask> auxiliary = [.. recipe.UsedAuxiliary().Select(task => FaceTasks.Auxiliary(task, recipe.AuxiliaryWeight))];
        if (recipe.Network != NetworkKind.Single && auxiliary.Count == 0)
        {
            throw new CrossStitchException($"The {Name(recipe.Network)} network shares what tasks learn, so it needs at least one auxiliary task: pose, gender, glasses or smile.");
        }

        IReadOnlyList<TaskGroup> groups = [new("landmarks", [main]), new("auxiliary", auxiliary)];
        var shape = TowerShape.Mtfl40;
        return recipe.Network switch
        {
            NetworkKind.Single => NetworkDescription.Single(shape, main),
            NetworkKind.Split => NetworkDescription.Split(shape, [main, .. auxiliary]),
            NetworkKind.CrossStitch => NetworkDescription.CrossStitch(shape, groups, recipe.Stitches),
            NetworkKind.Related => NetworkDescription.Related(shape, groups, recipe.Relation),
            NetworkKind.RelatedCrossStitch => NetworkDescription.RelatedCrossStitch(shape, groups, recipe.Stitches, recipe.Relation),
            _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Network, "not a network"),
        };
    }

    /// <summary>Builds it with its first weights.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="CrossStitchException">The network cannot be.</exception>
    public static Network Build(Recipe recipe) => Network.Create(Describe(recipe), recipe.Seed);

    /// <summary>Prepares what computes it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="CrossStitchException">The recipe asks for an engine that this program does not have.</exception>
    public static NetworkEngine Engine(Recipe recipe, Network network)
    {
        RequireEngine(recipe);
        return new KernelEngine(network, recipe.UsedThreads);
    }

    /// <summary>Refuses a recipe whose engine this program does not have.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="CrossStitchException">It asks for another one.</exception>
    public static void RequireEngine(Recipe recipe)
    {
        if (recipe.Engine == EngineKind.Eager)
        {
            throw new CrossStitchException("The recipe asks for the engine 'eager', TorchSharp's, which this program is built without; use 'auto', the kernels, which give the same to rounding.");
        }
    }

    /// <summary>A network's name on the command line and in tables.</summary>
    /// <param name="network">Which.</param>
    public static string Name(NetworkKind network) =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(network.ToString());
}
