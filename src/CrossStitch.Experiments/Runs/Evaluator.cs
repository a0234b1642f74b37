using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Scores;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>Measures trained networks.</summary>
public static class Evaluator
{
    /// <summary>Examples at a time.</summary>
    private const int BatchSize = 256;

    /// <summary>Measures a network.</summary>
    /// <param name="engine">Computes it.</param>
    /// <param name="source">Says what is measured.</param>
    /// <param name="data">On what; at least one example.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Measured MeasureNetwork(NetworkEngine engine, DataRecipe source, ILabelledData data, CancellationToken cancellation = default)
    {
        var (tasks, measures) = (source.Tasks(), source.Domain().Measures(source.Tasks()));
        var outputs = source.Predict(engine, data, BatchSize, cancellation);
        var labels = ExampleLabels.Of(data, tasks, engine.Network.Description.Shape);
        var (scores, predictions) = (ScoreTable.Of(measures, outputs, labels), Predictions.Of(outputs, tasks));
        return new Measured(predictions, scores, labels.Examples, Evaluation.Of(measures, scores, labels.Examples, predictions));
    }

    /// <summary>Measures the network that a finished run ended with.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="data">On what; at least one example.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">The run has not ended, or its files are damaged.</exception>
    public static Measured Measure(RunFolder folder, ILabelledData data, CancellationToken cancellation = default)
    {
        var network = FinishedRun.LoadNetwork(folder, out var recipe);
        using var engine = recipe.Engine(folder.Catalog, network);
        return MeasureNetwork(engine, recipe.Data, data, cancellation);
    }
}
