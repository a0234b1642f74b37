using System.Runtime.InteropServices;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Metrics;
using CrossStitch.Training;
using static TorchSharp.torch;

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
    public Batch GetBatch(ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        var size = faces.Settings.Size;
        var chosen = indices.ToArray();
        var most = int.MaxValue / (sizeof(float) * size * size);
        if (chosen.Length > most)
        {
            throw new CrossStitchException($"A batch of {chosen.Length} faces is too large: at most {most} go into one.");
        }

        // Written where libtorch has it: an array of a batch would be a large object for the collector, step after step.
        var input = empty([chosen.Length, 1, size, size], dtype: float32);
        var landmarks = new float[chosen.Length * FaceLandmarks.Numbers];
        var attributes = new FaceAttributes[chosen.Length];
        Parallel.For(0, chosen.Length, i =>
        {
            var crop = MemoryMarshal.Cast<byte, float>(input.bytes).Slice(i * size * size, size * size);
            var points = landmarks.AsSpan(i * FaceLandmarks.Numbers, FaceLandmarks.Numbers);
            if (augmentationSeed is { } seed && augmentation is not null)
            {
                var random = new SeededRandom(unchecked((ulong)seed), (ulong)chosen[i]);
                augmentation.Apply(faces.Patch(chosen[i]), faces.Settings, faces[chosen[i]], random, crop, points, out attributes[i]);
            }
            else
            {
                CropPixels.Extract(faces, chosen[i], crop);
                faces[chosen[i]].Landmarks.CopyTo(points);
                attributes[i] = faces[chosen[i]].Attributes;
            }

            CropPixels.Normalize(crop);
        });

        var targets = new Dictionary<string, Tensor>
        {
            [FaceTasks.Landmarks] = tensor(landmarks, [chosen.Length, FaceLandmarks.Numbers]),
        };
        foreach (var task in FaceTasks.AllAuxiliary)
        {
            targets[FaceTasks.Name(task)] = tensor(Array.ConvertAll(attributes, face => (long)FaceTasks.ClassOf(task, face)));
        }

        return new Batch(input, targets);
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
