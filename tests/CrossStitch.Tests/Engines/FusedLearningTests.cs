using CrossStitch.Engines;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Engines;

public sealed class FusedLearningTests
{
    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void Losses_and_gradients_are_those_of_autograd(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build(
            name, stitches: new CrossStitchOptions(PerChannel: name == "cross-stitch"), relation: new WeightRelationOptions(Weight: 0.01, Scale: 0.9, Shift: 0.02));
        MoveApart(network);
        var batch = WithoutSomeLabels(new RandomData(21).GetBatch([.. Enumerable.Range(0, 21)], augmentationSeed: null));
        var (expectedLosses, expected) = ByAutograd(network, batch);

        network.UseEngine(EngineKind.Fused, threads: 2);
        var learning = network.Engine!.Learning!;
        Assert.True(learning.Takes(batch));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var losses = learning.Learn(batch);
            Assert.All(expectedLosses.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * (1 + Math.Abs(pair.First))));
            Assert.Equal(expected.Count, learning.Gradients.Count);
            Assert.All(expected.Zip(learning.Gradients), pair =>
                Assert.True(pair.First.allclose(pair.Second, rtol: 1e-3, atol: 1e-5 * pair.First.abs().max().item<float>() + 1e-8), $"{pair.First.abs().max().item<float>()} {(pair.First - pair.Second).abs().max().item<float>()}"));
        }
    }

    [Fact]
    public void Examples_without_any_label_teach_nothing_of_their_task()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("split");
        network.UseEngine(EngineKind.Fused);
        var batch = new RandomData(4).GetBatch([0, 1, 2, 3], augmentationSeed: null);
        batch.Targets["pose"].fill_(-1);
        batch.Targets["landmarks"].fill_(float.NaN);
        var learning = network.Engine!.Learning!;
        var losses = learning.Learn(batch);
        Assert.Equal((0, 0), (losses[0], losses[1]));
        Assert.Equal(0.5 * losses[2], losses[^1]);
        var places = network.ParametersByRole().ToList();
        Assert.Equal(0, learning.Gradients[places.IndexOf(network.Heads[1].weight!)].abs().sum().item<float>());
        Assert.NotEqual(0, learning.Gradients[places.IndexOf(network.Heads[2].weight!)].abs().sum().item<float>());
    }

    [Fact]
    public void A_class_that_a_task_does_not_have_is_refused()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("cross-stitch");
        network.UseEngine(EngineKind.Fused);
        var batch = new RandomData(4).GetBatch([0, 1, 2, 3], augmentationSeed: null);
        batch.Targets["smile"][2] = 2;
        var error = Assert.Throws<CrossStitchException>(() => network.Engine!.Learning!.Learn(batch));
        Assert.Equal("Example 2 of the batch has class 2 for task 'smile', which has classes 0 to 1, and -1 for no label.", error.Message);
    }

    [Fact]
    public void What_is_frozen_stays()
    {
        using var network = TestNetworks.Build("cross-stitch");
        network.UseEngine(EngineKind.Fused);
        var frozen = network.Towers[0].Layers[0].Weight;
        frozen.requires_grad = false;
        using var before = frozen.clone();
        using var moving = network.Towers[1].Layers[0].Weight.detach().clone();
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = 8 }, seed: 1);
        trainer.Run(new RandomData(16));
        Assert.True(before.equal(frozen).all().item<bool>());
        Assert.False(moving.equal(network.Towers[1].Layers[0].Weight).all().item<bool>());
    }

    private static void MoveApart(MultiTaskNetwork network)
    {
        using var _ = no_grad();
        var generator = new Generator(3);
        foreach (var parameter in network.parameters())
        {
            parameter.add_(randn(parameter.shape, generator: generator) * 0.02);
        }
    }

    private static Batch WithoutSomeLabels(Batch batch)
    {
        batch.Targets["landmarks"][3, 7] = float.NaN;
        batch.Targets["landmarks"][20, 0] = float.PositiveInfinity;
        batch.Targets["pose"][0] = -1;
        batch.Targets["pose"][20] = -1;
        return batch;
    }

    private static (double[] Losses, List<Tensor> Gradients) ByAutograd(MultiTaskNetwork network, Batch batch)
    {
        var outputs = network.call(batch.Input);
        var losses = network.Tasks.Select((task, t) => task.Loss(outputs[t], batch.Targets[task.Name])).ToList();
        var penalty = network.Penalty() ?? zeros(1);
        var joint = network.Tasks.Select((task, t) => losses[t] * task.Weight).Aggregate((sum, term) => sum + term) + penalty;
        joint.sum().backward();
        return ([.. losses.Append(penalty).Append(joint).Select(loss => (double)loss.item<float>())],
            [.. network.ParametersByRole().Select(parameter => parameter.grad!.clone())]);
    }
}
