using CrossStitch.Engines;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Measures;

/// <summary>
/// What a network predicts of faces that it sees twice, as they are and mirrored: the mean of both, with what it says of the
/// mirror image turned back. Its errors of the two are partly independent, so the mean's are smaller.
/// </summary>
internal static class MirrorPrediction
{
    /// <summary>Runs a network over every face and its mirror image.</summary>
    /// <param name="engine">Computes the network; its input is rows of gray levels.</param>
    /// <param name="data">The faces.</param>
    /// <param name="batchSize">Faces at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>
    /// By task name: [faces × outputs]; of the landmarks and the attributes the mean, logits of classes included; of any other
    /// task, of whose mirror image nothing is known, what the network says of the faces as they are.
    /// </returns>
    public static IReadOnlyDictionary<string, float[]> Of(NetworkEngine engine, ILabelledData data, int batchSize, CancellationToken cancellation)
    {
        var outputs = Prediction.Of(engine, data, batchSize, cancellation);
        var mirrored = Prediction.Of(engine, new MirroredData(data, engine.Network.Description.Shape.Input[^1]), batchSize, cancellation);
        foreach (var (task, numbers) in outputs)
        {
            if (task == FaceTasks.Landmarks)
            {
                FaceMirror.AverageLandmarks(numbers, mirrored[task]);
            }
            else if (FaceAttribute.Find(task) is { } attribute)
            {
                FaceMirror.AverageClasses(numbers, mirrored[task], [.. attribute.Mirrored]);
            }
        }

        return outputs;
    }

    /// <summary>Faces, each mirrored; their labels are those of the faces as they are.</summary>
    private sealed class MirroredData(ILabelledData data, int width) : ILabelledData
    {
        public int Count => data.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            data.Fill(batch, indices, augmentationSeed);
            FaceMirror.MirrorRows(batch.Input, width);
        }
    }
}
