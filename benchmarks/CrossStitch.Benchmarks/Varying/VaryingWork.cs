using System.Diagnostics;
using CrossStitch.Benchmarks.Work;
using CrossStitch.Engines;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Benchmarks.Varying;

/// <summary>One network that is trained on faces that are varied, as a run trains it, with a clock on both.</summary>
internal sealed class VaryingWork : IDisposable
{
    /// <summary>Faces of a step.</summary>
    public const int BatchSize = 128;

    private readonly KernelEngine _engine;
    private readonly Trainer _trainer;
    private readonly TimedData _data;
    private readonly List<double> _steps = [];

    /// <summary>Prepares a network.</summary>
    /// <param name="network">Which.</param>
    /// <param name="threads">Of the engine.</param>
    /// <param name="faces">What it learns.</param>
    /// <param name="augmentation">How they are varied.</param>
    public VaryingWork(string network, int threads, FaceCropSet faces, CropAugmentation augmentation)
    {
        _engine = new KernelEngine(Network.Create(NetworkWork.Describe(network), seed: 1), threads);
        _data = new TimedData(new FaceData(faces, augmentation));
        _trainer = new Trainer(_engine, new TrainingOptions { Epochs = TrainingOptions.MostEpochs, BatchSize = BatchSize, LearningRate = 1e-4 }, seed: 1);
    }

    /// <summary>Seconds a face in <see cref="FaceData.Fill"/>, undisturbed.</summary>
    public double Filling => Undisturbed(_data.Seconds) / BatchSize;

    /// <summary>Seconds a face of a whole step, filling included, undisturbed.</summary>
    public double Step => Undisturbed(_steps) / BatchSize;

    /// <summary>What filling takes of a whole step.</summary>
    public double Share => Filling / Step;

    /// <summary>Takes steps; those of the first round that warm up are not among the fastest.</summary>
    /// <param name="steps">How many.</param>
    public void Measure(int steps)
    {
        using var stop = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var taken = 0;
        try
        {
            _trainer.Run(_data, progress: new StepClock(() =>
            {
                _steps.Add(clock.Elapsed.TotalSeconds);
                clock.Restart();
                if (++taken == steps)
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

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>What the fastest tenth keeps to: what else runs on the machine makes a step longer, and never shorter.</summary>
    private static double Undisturbed(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 10);

    private sealed class TimedData(FaceData faces) : ILabelledData
    {
        public List<double> Seconds { get; } = [];

        public int Count => faces.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            var clock = Stopwatch.StartNew();
            faces.Fill(batch, indices, augmentationSeed);
            Seconds.Add(clock.Elapsed.TotalSeconds);
        }
    }

    private sealed class StepClock(Action count) : IProgress<StepReport>
    {
        public void Report(StepReport value) => count();
    }
}
