using CrossStitch.Engines;
using CrossStitch.Experiments.Recipes;
using static TorchSharp.torch;

namespace CrossStitch.Experiments.Runs;

/// <summary>Shares the cores between the tensor library and the fused engine.</summary>
internal static class RunThreads
{
    /// <summary>Sets the tensor library's threads, which are the process's, for a recipe.</summary>
    /// <param name="recipe">Which.</param>
    public static void Use(Recipe recipe)
    {
        // libtorch's threads spin for a while after their work, on the cores that the engine's threads need: with the
        // fused engine, what is left for libtorch is small and faster on one thread.
        set_num_threads(recipe.Engine == EngineKind.Eager ? recipe.UsedThreads : 1);
    }
}
