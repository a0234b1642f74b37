using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Synthetic;
using CrossStitch.Sharing;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Benchmarks;

/// <summary>One network with a batch of drawn faces in memory: the work that is timed, without reading or varying faces.</summary>
public sealed class NetworkWork : IDisposable
{
    private readonly MultiTaskNetwork _network;
    private readonly Trainer _trainer;
    private readonly OneBatch _data;
    private readonly int _threads;

    public NetworkWork(NetworkKind kind, EngineKind engine, int threads, int batchSize)
    {
        _network = NetworkBuilder.Build(new Recipe { Network = kind, Engine = engine, Threads = threads });
        _threads = engine == EngineKind.Eager ? threads : 1;
        _data = new OneBatch(new FaceData(DrawnFaces.Generate(batchSize, seed: 1, CropSettings.Default)));

        // The schedule ends long after any benchmark: a step is a step.
        _trainer = new Trainer(_network, new TrainingOptions { Epochs = int.MaxValue / 2, BatchSize = batchSize, LearningRate = 1e-4 }, seed: 1);
    }

    /// <summary>Steps of training until <paramref name="seconds"/> have passed; gives faces a second.</summary>
    public double Train(double seconds)
    {
        set_num_threads(_threads);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var steps = 0;
        using var enough = new CancellationTokenSource();
        try
        {
            _trainer.Run(_data, progress: new Counter(() =>
            {
                steps++;
                if (clock.Elapsed.TotalSeconds >= seconds)
                {
                    enough.Cancel();
                }
            }), cancellation: enough.Token);
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return steps * _data.Count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Passes forward until <paramref name="seconds"/> have passed; gives faces a second.</summary>
    public double Forward(double seconds)
    {
        set_num_threads(_threads);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var passes = 0;
        do
        {
            Forward();
            passes++;
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        return passes * _data.Count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One pass forward.</summary>
    public void Forward()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        _network.call(_data.Input);
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _network.Dispose();
        _data.Dispose();
    }

    /// <summary>The same batch, again and again; the trainer's scope disposes what it is given, so it is given aliases.</summary>
    private sealed class OneBatch : ILabelledData, IDisposable
    {
        private readonly Batch _batch;

        public OneBatch(FaceData data)
        {
            Count = data.Count;
            _batch = data.GetBatch([.. Enumerable.Range(0, data.Count)], augmentationSeed: null);
        }

        public int Count { get; }

        public Tensor Input => _batch.Input;

        public Batch GetBatch(ReadOnlySpan<int> indices, long? augmentationSeed) =>
            new(_batch.Input.alias(), _batch.Targets.ToDictionary(target => target.Key, target => target.Value.alias()));

        public void Dispose() => _batch.Dispose();
    }

    private sealed class Counter(Action count) : IProgress<StepReport>
    {
        public void Report(StepReport value) => count();
    }
}
