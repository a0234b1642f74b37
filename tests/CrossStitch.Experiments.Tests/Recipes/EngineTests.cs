using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Synthetic;
using CrossStitch.Sharing;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class EngineTests
{
    private static readonly FaceCropSet Faces = DrawnFaces.Generate(64, seed: 1, CropSettings.Default);

    /// <remarks>
    /// Related-cross-stitch is compared on a smaller network, in CrossStitch.Tests. Here a unit at the very edge of its
    /// ReLU takes one way or the other within fifty steps, and from there on these are two trainings, neither wrong.
    /// </remarks>
    [Theory]
    [InlineData(NetworkKind.Single)]
    [InlineData(NetworkKind.Split)]
    [InlineData(NetworkKind.CrossStitch)]
    [InlineData(NetworkKind.Related)]
    public void Fifty_steps_on_faces_go_the_same_way_on_both_engines(NetworkKind kind)
    {
        using var scope = NewDisposeScope();
        using var eager = Train(kind, EngineKind.Eager, out var eagerLosses);
        using var fused = Train(kind, EngineKind.Fused, out var fusedLosses);
        Assert.Equal(50, fusedLosses.Count);
        Assert.All(eagerLosses.Zip(fusedLosses), pair => Assert.Equal(1, pair.Second / pair.First, 1e-4));
        Assert.All(eager.parameters().Zip(fused.parameters()), pair =>
        {
            var apart = (pair.First - pair.Second).norm().item<float>();
            Assert.True(apart <= 1e-2 * pair.First.norm().item<float>() + 1e-5, $"{apart} apart, of {pair.First.norm().item<float>()}");
        });
    }

    private static MultiTaskNetwork Train(NetworkKind kind, EngineKind engine, out List<double> losses)
    {
        var network = NetworkBuilder.Build(new Recipe { Network = kind, Engine = engine, Threads = 2, Seed = 2 });
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 25, BatchSize = 32, LearningRate = 0.001 }, seed: 1);
        var steps = new List<double>();
        trainer.Run(new FaceData(Faces), progress: new Steps(step => steps.Add(step.Loss)));
        losses = steps;
        return network;
    }

    private sealed class Steps(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }
}
