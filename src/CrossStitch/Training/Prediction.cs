using CrossStitch.Engines;

namespace CrossStitch.Training;

/// <summary>What a network predicts for labelled examples.</summary>
public static class Prediction
{
    /// <summary>Runs a network over every example, as it is (no augmentation).</summary>
    /// <param name="engine">Computes the network.</param>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>By task name: [examples × outputs], row by row.</returns>
    public static IReadOnlyDictionary<string, float[]> Of(NetworkEngine engine, ILabelledData data, int batchSize, CancellationToken cancellation = default) =>
        WithLosses(engine, data, batchSize, cancellation).Outputs;

    /// <summary>Each task's loss over every example that has a label, without its weight λ, as it is (no augmentation).</summary>
    /// <param name="engine">Computes the network.</param>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyDictionary<string, double> Losses(NetworkEngine engine, ILabelledData data, int batchSize, CancellationToken cancellation = default) =>
        WithLosses(engine, data, batchSize, cancellation).Losses;

    /// <summary>Both of the above in one pass.</summary>
    internal static (IReadOnlyDictionary<string, float[]> Outputs, IReadOnlyDictionary<string, double> Losses) WithLosses(
        NetworkEngine engine, ILabelledData data, int batchSize, CancellationToken cancellation)
    {
        if (batchSize < 1)
        {
            throw new CrossStitchException($"Predictions are made for at least one example at a time, not {batchSize}.");
        }

        var tasks = engine.Network.Description.Tasks;
        var outputs = tasks.Select(task => new float[(long)data.Count * task.Outputs]).ToList();
        var (sums, labelled) = (new double[tasks.Count], new int[tasks.Count]);
        var batch = new Batch(engine.Network.Description, Math.Min(batchSize, Math.Max(1, data.Count)));
        var gradient = new float[tasks.Max(task => task.Outputs)];
        var indices = Enumerable.Range(0, data.Count).ToArray();
        for (var first = 0; first < data.Count; first += batch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            batch.Count = Math.Min(batch.Capacity, data.Count - first);
            data.Fill(batch, indices.AsSpan(first, batch.Count), augmentationSeed: null);
            engine.Predict(batch.Input, batch.Count, [.. tasks.Select((task, t) => outputs[t].AsMemory(first * task.Outputs, batch.Count * task.Outputs))]);
            for (var t = 0; t < tasks.Count; t++)
            {
                var task = tasks[t];
                var labels = batch.Labels(task.Name);
                for (var i = 0; i < batch.Count; i++)
                {
                    var label = labels.Slice(i * task.LabelWidth, task.LabelWidth);
                    if (task.HasLabel(label))
                    {
                        labelled[t]++;
                        sums[t] += task.Loss(outputs[t].AsSpan((first + i) * task.Outputs, task.Outputs), label, gradient.AsSpan(0, task.Outputs));
                    }
                }
            }
        }

        return (
            tasks.Select((task, t) => (task.Name, outputs[t])).ToDictionary(pair => pair.Name, pair => pair.Item2),
            tasks.Select((task, t) => (task.Name, Loss: sums[t] / Math.Max(1, labelled[t]))).ToDictionary(pair => pair.Name, pair => pair.Loss));
    }
}
