using CrossStitch.Engines;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Sharing;
using CrossStitch.Towers;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Benchmarks.Work;

/// <summary>One network on TorchSharp: steps of training and passes forward, one at a time.</summary>
public sealed class NetworkWork : IDisposable
{
    private readonly Trainer _trainer;
    private readonly SameBatch _data;
    private readonly Tensor[] _inputs;
    private readonly int _threads;
    private int _pass;

    /// <summary>Prepares a network.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="engine">What computes it.</param>
    /// <param name="threads">Of the engine.</param>
    /// <param name="faces">What it sees.</param>
    /// <param name="batchSize">Faces of a pass forward; a step of training always takes all.</param>
    /// <param name="channelsLast">Whether weights lie channels last in memory, which makes libtorch's convolutions do so too.</param>
    public NetworkWork(NetworkKind kind, EngineKind engine, int threads, BenchmarkFaces faces, int batchSize, bool channelsLast = false)
    {
        Network = NetworkBuilder.Build(new Recipe { Network = kind, Engine = engine, Threads = threads });
        if (channelsLast)
        {
            MakeChannelsLast(Network);
        }

        // Beside the fused engine's threads libtorch's would only be in the way, as in a run.
        _threads = engine == EngineKind.Eager ? threads : 1;
        _data = new SameBatch(faces.Batch);
        _inputs = faces.Batch.Input.split(batchSize);

        // The schedule ends long after any benchmark: a step is a step.
        _trainer = new Trainer(Network, new TrainingOptions { Epochs = int.MaxValue / 2, BatchSize = BenchmarkFaces.Count, LearningRate = 1e-4 }, seed: 1);
    }

    /// <summary>The network.</summary>
    public MultiTaskNetwork Network { get; }

    /// <summary>Steps of training, until a step says that it is enough.</summary>
    /// <param name="enough">Asked after every step.</param>
    public void Train(Func<bool> enough)
    {
        set_num_threads(_threads);
        using var stop = new CancellationTokenSource();
        try
        {
            _trainer.Run(_data, progress: new StepCounter(() =>
            {
                if (enough())
                {
                    stop.Cancel();
                }
            }), cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    /// <summary>Passes forward, until it is enough; each takes the next faces.</summary>
    /// <param name="enough">Asked after every pass.</param>
    public void Forward(Func<bool> enough)
    {
        set_num_threads(_threads);
        using var _ = no_grad();
        do
        {
            using var scope = NewDisposeScope();
            Network.call(_inputs[_pass++ % _inputs.Length]);
        }
        while (!enough());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trainer.Dispose();
        Network.Dispose();
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }

    private static void MakeChannelsLast(MultiTaskNetwork network)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var layer in network.Towers.SelectMany(tower => tower.Layers).Where(layer => layer.Stage is ConvolutionStage))
        {
            layer.Weight.set_(layer.Weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        }
    }

    /// <summary>
    /// The same batch again and again, in epochs of as many steps as MTFL's training faces make, so that what comes once
    /// an epoch weighs what it weighs there. The trainer disposes what it is given, so it is given aliases.
    /// </summary>
    private sealed class SameBatch(Batch batch) : ILabelledData
    {
        private const int StepsAnEpoch = 78;

        public int Count => StepsAnEpoch * BenchmarkFaces.Count;

        public Batch GetBatch(ReadOnlySpan<int> indices, long? augmentationSeed) =>
            new(batch.Input.alias(), batch.Targets.ToDictionary(target => target.Key, target => target.Value.alias()));
    }

    private sealed class StepCounter(Action count) : IProgress<StepReport>
    {
        public void Report(StepReport value) => count();
    }
}
