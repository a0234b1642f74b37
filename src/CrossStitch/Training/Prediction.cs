using CrossStitch.Sharing;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>A trained network's word on labelled examples.</summary>
public static class Prediction
{
    /// <summary>Runs a network over every example, as it is (no augmentation).</summary>
    /// <param name="network">Which.</param>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>By task name: [examples × outputs], row by row.</returns>
    public static IReadOnlyDictionary<string, float[]> Of(MultiTaskNetwork network, ILabelledData data, int batchSize, CancellationToken cancellation)
    {
        var outputs = Room(network, data);
        ForEachBatch(network, data, batchSize, (first, predicted, _) => Keep(network, predicted, first, outputs), cancellation);
        return outputs;
    }

    /// <summary>Each task's loss over every example, without its weight λ, as it is (no augmentation).</summary>
    /// <param name="network">Which.</param>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyDictionary<string, double> Losses(MultiTaskNetwork network, ILabelledData data, int batchSize, CancellationToken cancellation) =>
        WithLosses(network, data, batchSize, cancellation).Losses;

    /// <summary>Both of the above in one pass.</summary>
    internal static (IReadOnlyDictionary<string, float[]> Outputs, IReadOnlyDictionary<string, double> Losses) WithLosses(
        MultiTaskNetwork network, ILabelledData data, int batchSize, CancellationToken cancellation)
    {
        var outputs = Room(network, data);
        var sums = new double[network.Tasks.Count];
        ForEachBatch(network, data, batchSize, (first, predicted, batch) =>
        {
            Keep(network, predicted, first, outputs);
            for (var t = 0; t < sums.Length; t++)
            {
                var task = network.Tasks[t];
                sums[t] += task.Loss(predicted[t], batch.Targets[task.Name]).item<float>() * predicted[t].shape[0];
            }
        }, cancellation);
        return (outputs, network.Tasks.Select((task, t) => (task.Name, Loss: sums[t] / data.Count)).ToDictionary(pair => pair.Name, pair => pair.Loss));
    }

    private static Dictionary<string, float[]> Room(MultiTaskNetwork network, ILabelledData data) =>
        network.Tasks.ToDictionary(task => task.Name, task => new float[data.Count * task.Outputs]);

    private static void Keep(MultiTaskNetwork network, Tensor[] predicted, int first, Dictionary<string, float[]> outputs)
    {
        for (var t = 0; t < predicted.Length; t++)
        {
            var task = network.Tasks[t];
            predicted[t].contiguous().data<float>().CopyTo(outputs[task.Name].AsSpan(first * task.Outputs));
        }
    }

    private static void ForEachBatch(MultiTaskNetwork network, ILabelledData data, int batchSize, Action<int, Tensor[], Batch> body, CancellationToken cancellation)
    {
        using var _ = no_grad();
        var indices = Enumerable.Range(0, data.Count).ToArray();
        batchSize = Math.Min(batchSize, Math.Max(1, data.Count));
        for (var first = 0; first < data.Count; first += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = data.GetBatch(indices.AsSpan(first, Math.Min(batchSize, data.Count - first)), augmentationSeed: null);
            body(first, network.call(batch.Input), batch);
        }
    }
}
