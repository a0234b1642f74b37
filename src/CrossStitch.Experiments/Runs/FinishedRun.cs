using CrossStitch.Experiments.Recipes;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>The network that a run ended with.</summary>
internal static class FinishedRun
{
    /// <summary>Builds the network and gives it the run's last weights.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <exception cref="CrossStitchException">The run has not ended, or its files are damaged.</exception>
    public static Network LoadNetwork(RunFolder folder, out Recipe recipe)
    {
        folder.RequireFinished();
        recipe = folder.LoadRecipe();
        var network = recipe.Build(folder.Catalog);
        try
        {
            NetworkWeights.Load(network, Checkpoint.Load(folder.FinalCheckpointPath).Weights);
        }
        catch (CrossStitchException error)
        {
            throw new CrossStitchException(
                $"{folder.FinalCheckpointPath}: the weights of this run are missing or damaged; restore the file, or train again with 'crossstitch train --recipe {folder.RecipePath} --out ANOTHER'.", error);
        }

        return network;
    }
}
