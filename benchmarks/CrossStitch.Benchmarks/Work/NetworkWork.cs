using CrossStitch.Engines;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Sharing;
using CrossStitch.Torch.Engines;
using CrossStitch.Training;

namespace CrossStitch.Benchmarks.Work;

/// <summary>One network on one engine: steps of training and passes forward, one at a time.</summary>
public sealed class NetworkWork : IDisposable
{
    private static readonly Catalog Catalog = FaceCatalog.Create();

    private readonly NetworkEngine _engine;
    private readonly Trainer _trainer;
    private readonly SameFaces _data;
    private readonly float[] _pixels;
    private readonly Memory<float>[] _outputs;
    private readonly int _batch;
    private readonly int _torchThreads;
    private int _pass;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">Which.</param>
    /// <param name="torch">Whether TorchSharp computes it; else the kernels do.</param>
    /// <param name="threads">Of the engine.</param>
    /// <param name="faces">What it sees.</param>
    /// <param name="batchSize">Faces of a pass forward; a step of training always takes all.</param>
    public NetworkWork(string network, bool torch, int threads, BenchmarkFaces faces, int batchSize)
    {
        Network = Network.Create(Describe(network), seed: 1);
        _engine = torch ? new TorchEngine(Network) : new KernelEngine(Network, threads);

        // Beside the kernels' threads libtorch's would only be in the way.
        _torchThreads = torch ? threads : 1;
        (_data, _pixels, _batch) = (new SameFaces(faces), faces.Pixels, batchSize);
        _outputs = [.. Network.Description.Tasks.Select(task => new float[batchSize * task.Outputs].AsMemory())];

        // The schedule ends long after any benchmark: a step is a step.
        _trainer = new Trainer(_engine, new TrainingOptions { Epochs = TrainingOptions.MostEpochs, BatchSize = BenchmarkFaces.Count, LearningRate = 1e-4 }, seed: 1);
    }

    /// <summary>The networks that there are.</summary>
    public static IReadOnlyList<string> Names => Catalog.Networks.Names;

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Describes a network with all tasks of faces.</summary>
    /// <param name="network">Its name.</param>
    public static NetworkDescription Describe(string network)
    {
        var recipe = Recipe.For(new DrawnData());
        return recipe.With(Catalog.Networks[network], recipe.Auxiliary()).Describe(Catalog);
    }

    /// <summary>Steps of training, until a step says that it is enough.</summary>
    /// <param name="enough">Asked after every step.</param>
    public void Train(Func<bool> enough)
    {
        TorchSharp.torch.set_num_threads(_torchThreads);
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
        TorchSharp.torch.set_num_threads(_torchThreads);
        var length = _batch * Network.Description.Shape.InputLength;
        do
        {
            _engine.Predict(_pixels.AsSpan(_pass++ % (_pixels.Length / length) * length, length), _batch, _outputs);
        }
        while (!enough());
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>
    /// The same batch again and again, in epochs of as many steps as MTFL's training faces make, so that what comes once
    /// an epoch weighs what it weighs there.
    /// </summary>
    private sealed class SameFaces(BenchmarkFaces faces) : ILabelledData
    {
        private const int StepsAnEpoch = 78;

        public int Count => StepsAnEpoch * BenchmarkFaces.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed) => faces.CopyTo(batch);
    }

    private sealed class StepCounter(Action count) : IProgress<StepReport>
    {
        public void Report(StepReport value) => count();
    }
}
