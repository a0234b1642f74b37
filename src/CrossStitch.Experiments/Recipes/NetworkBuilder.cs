using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Builds the network that a recipe asks for.</summary>
public static class NetworkBuilder
{
    /// <summary>Builds it, with its first weights and its engine.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="CrossStitchException">A network that shares has no auxiliary task to share with.</exception>
    public static MultiTaskNetwork Build(Recipe recipe)
    {
        var main = FaceTasks.MainTask();
        IReadOnlyList<LearningTask> auxiliary = [.. recipe.UsedAuxiliary().Select(task => FaceTasks.Auxiliary(task, recipe.AuxiliaryWeight))];
        if (recipe.Network != NetworkKind.Single && auxiliary.Count == 0)
        {
            throw new CrossStitchException($"The {Name(recipe.Network)} network shares what tasks learn, so it needs at least one auxiliary task: pose, gender, glasses or smile.");
        }

        IReadOnlyList<TaskGroup> groups = [new("landmarks", [main]), new("auxiliary", auxiliary)];
        var shape = TowerShape.Mtfl40;
        MultiTaskNetwork network = recipe.Network switch
        {
            NetworkKind.Single => new SingleTaskNetwork(shape, main, recipe.Seed),
            NetworkKind.Split => new SplitNetwork(shape, [main, .. auxiliary], recipe.Seed),
            NetworkKind.CrossStitch => new CrossStitchNetwork(shape, groups, recipe.Stitches, recipe.Seed),
            NetworkKind.Related => new TiedTowersNetwork(shape, groups, recipe.Relation, recipe.Seed),
            NetworkKind.RelatedCrossStitch => new CrossStitchNetwork(shape, groups, recipe.Stitches, recipe.Seed, recipe.Relation),
            _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Network, "not a network"),
        };
        network.UseEngine(recipe.Engine, recipe.UsedThreads);
        return network;
    }

    /// <summary>A network's name on the command line and in tables.</summary>
    /// <param name="network">Which.</param>
    public static string Name(NetworkKind network) =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(network.ToString());
}
