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
    private static readonly FaceCropSet Faces = DrawnFaces.Generate(32, seed: 1, CropSettings.Default);

    /// <remarks>
    /// Step by step from the same weights: left alone, two trainings part where a unit stands at the very edge of its ReLU,
    /// for there rounding decides and Adam makes a full step of it. On a smaller network, CrossStitch.Tests leaves them alone.
    /// </remarks>
    [Theory]
    [InlineData(NetworkKind.Single)]
    [InlineData(NetworkKind.Split)]
    [InlineData(NetworkKind.CrossStitch)]
    [InlineData(NetworkKind.Related)]
    [InlineData(NetworkKind.RelatedCrossStitch)]
    public void All_along_a_training_on_faces_both_engines_have_the_same_losses(NetworkKind kind)
    {
        using var network = NetworkBuilder.Build(new Recipe { Network = kind, Engine = EngineKind.Eager, Threads = 2, Seed = 2 });
        using var optimizer = optim.Adam(network.parameters(), 0.001);
        using var batch = new FaceData(Faces).GetBatch([.. Enumerable.Range(0, Faces.Count)], augmentationSeed: null);
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            network.UseEngine(EngineKind.Eager);
            var eager = Losses(network, batch);
            network.UseEngine(EngineKind.Fused, threads: 2);
            var fused = Losses(network, batch);
            Assert.All(eager.Zip(fused), pair => Assert.Equal(1, (pair.Second.item<float>() + 1e-6) / (pair.First.item<float>() + 1e-6), 1e-4));
            optimizer.zero_grad();
            fused.Aggregate((sum, loss) => sum + loss).backward();
            optimizer.step();
        }
    }

    private static List<Tensor> Losses(MultiTaskNetwork network, Batch batch)
    {
        var outputs = network.call(batch.Input);
        var losses = network.Tasks.Select((task, t) => task.Loss(outputs[t], batch.Targets[task.Name])).ToList();
        return network.Penalty() is { } penalty ? [.. losses, penalty] : losses;
    }
}
