using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>
/// Cropped faces as labelled examples: [batch, 1, size, size] normalised pixels, landmarks [batch, 10] in box units,
/// and a class a task.
/// </summary>
/// <param name="faces">The faces.</param>
/// <param name="augmentation">How they are varied when a batch is asked for with a seed; null for not at all.</param>
public sealed class FaceData(FaceCropSet faces, CropAugmentation? augmentation = null) : IScoredData
{
    /// <summary>The faces.</summary>
    public FaceCropSet Faces => faces;

    /// <inheritdoc/>
    public int Count => faces.Count;

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        var chosen = indices.ToArray();
        Parallel.For(0, chosen.Length, i =>
        {
            var crop = batch.Example(i);
            Span<float> points = stackalloc float[FaceLandmarks.Numbers];
            FaceAttributes attributes;
            if (augmentationSeed is { } seed && augmentation is not null)
            {
                var random = new SeededRandom(unchecked((ulong)seed), (ulong)chosen[i]);
                augmentation.Apply(faces.Patch(chosen[i]), faces.Settings, faces[chosen[i]], random, crop, points, out attributes);
            }
            else
            {
                CropPixels.Extract(faces.Patch(chosen[i]), faces.Settings, crop);
                faces[chosen[i]].Landmarks.CopyTo(points);
                attributes = faces[chosen[i]].Attributes;
            }

            CropPixels.Normalize(crop);
            if (batch.Has(FaceTasks.Landmarks))
            {
                points.CopyTo(batch.Label(FaceTasks.Landmarks, i));
            }

            foreach (var task in FaceTasks.AllAuxiliary)
            {
                if (batch.Has(FaceTasks.Name(task)))
                {
                    batch.Label(FaceTasks.Name(task), i)[0] = FaceTasks.ClassOf(task, attributes);
                }
            }
        });
    }

    /// <summary>Measures predictions for the faces as they are.</summary>
    /// <param name="predictions">By task name: [faces × outputs], row by row.</param>
    /// <returns>
    /// Shares (0..1) under <see cref="FaceScores"/>'s names: the landmarks' mean error in box widths and each attribute's
    /// accuracy, of the tasks that were predicted.
    /// </returns>
    public IReadOnlyDictionary<string, double> Score(IReadOnlyDictionary<string, float[]> predictions)
    {
        // Training that goes astray says so itself, at the next step.
        if (predictions.Values.Any(outputs => outputs.Any(output => !float.IsFinite(output))))
        {
            return new Dictionary<string, double>();
        }

        return FaceScores.Of(FaceEvaluation.Measure(faces.Faces, Evaluator.Read(predictions)).Overall);
    }
}
