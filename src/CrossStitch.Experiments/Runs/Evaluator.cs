using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>Measures a trained network on faces.</summary>
public static class Evaluator
{
    /// <summary>Faces at a time.</summary>
    private const int BatchSize = 256;

    /// <summary>Measures a network.</summary>
    /// <param name="engine">Computes it.</param>
    /// <param name="faces">On what; at least one face.</param>
    /// <param name="cancellation">Stops it.</param>
    public static FaceEvaluation Evaluate(NetworkEngine engine, FaceCropSet faces, CancellationToken cancellation = default) =>
        FaceEvaluation.Measure(faces.Faces, Predict(engine, faces, cancellation));

    /// <summary>What a network predicts for faces.</summary>
    /// <param name="engine">Computes it.</param>
    /// <param name="faces">Of what; at least one face.</param>
    /// <param name="cancellation">Stops it.</param>
    public static FacePredictions Predict(NetworkEngine engine, FaceCropSet faces, CancellationToken cancellation = default) =>
        Read(Prediction.Of(engine, new FaceData(faces), BatchSize, cancellation));

    /// <summary>A network's outputs, by task name, as predictions: of each task's classes the likeliest.</summary>
    internal static FacePredictions Read(IReadOnlyDictionary<string, float[]> outputs) => new(
        outputs.GetValueOrDefault(FaceTasks.Landmarks),
        FaceAttribute.All.Where(attribute => outputs.ContainsKey(attribute.Name))
            .ToDictionary(attribute => attribute.Name, attribute => Highest(outputs[attribute.Name], attribute.Classes.Count)));

    /// <summary>Measures the network that a finished run ended with.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="faces">On what; at least one face.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">The run has not ended, or its files are damaged.</exception>
    public static FaceEvaluation Evaluate(RunFolder folder, FaceCropSet faces, CancellationToken cancellation = default)
    {
        var network = FinishedRun.LoadNetwork(folder, out var recipe);
        using var engine = NetworkBuilder.Engine(recipe, network);
        return Evaluate(engine, faces, cancellation);
    }

    private static int[] Highest(float[] logits, int classes)
    {
        var highest = new int[logits.Length / classes];
        for (var i = 0; i < highest.Length; i++)
        {
            var row = logits.AsSpan(i * classes, classes);
            for (var k = 1; k < classes; k++)
            {
                if (row[k] > row[highest[i]])
                {
                    highest[i] = k;
                }
            }
        }

        return highest;
    }
}
