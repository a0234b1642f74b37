using CrossStitch.Engines;
using CrossStitch.Sharing;
using CrossStitch.Towers;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Engines;

public sealed class FusedEngineTests
{
    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void Fifty_steps_of_training_go_the_same_way_on_both_engines(string name)
    {
        var eager = Train(name, EngineKind.Eager, out var eagerLosses);
        var fused = Train(name, EngineKind.Fused, out var fusedLosses);
        Assert.All(eagerLosses.Zip(fusedLosses), pair => Assert.Equal(1, pair.Second / pair.First, 1e-4));
        Assert.Equal(eager.Length, fused.Length);
    }

    [Theory, MemberData(nameof(Names))]
    public void Outputs_and_gradients_are_those_of_the_modules(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build(name, TowerShape.Mtfl40, stitches: new CrossStitchOptions(PerChannel: name == "cross-stitch"));
        var input = randn([5, 1, 40, 40], generator: new Generator(1));
        var eager = OutputsAndGradients(network, input);
        network.UseEngine(EngineKind.Auto, threads: 2);
        var fused = OutputsAndGradients(network, input);
        Assert.All(eager.Zip(fused), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-3, atol: 1e-5 * pair.First.abs().max().item<float>() + 1e-7), $"{pair.First.abs().max().item<float>()} {(pair.First - pair.Second).abs().max().item<float>()}"));
    }

    [Fact]
    public void The_same_seed_and_threads_give_the_same_weights_to_the_bit() =>
        Assert.Equal(Train("related-cross-stitch", EngineKind.Fused, out _), Train("related-cross-stitch", EngineKind.Fused, out _));

    [Fact]
    public void The_gradient_of_an_earlier_batch_is_that_batchs()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("cross-stitch");
        var (one, two) = (randn([2, 1, 12, 12], generator: new Generator(1)), randn([3, 1, 12, 12], generator: new Generator(2)));
        var expected = OutputsAndGradients(network, one);
        network.UseEngine(EngineKind.Fused);
        network.zero_grad();
        var outputs = network.call(one);
        network.call(two);
        outputs.Select((output, i) => output.square().sum() * (i + 1)).Aggregate((sum, term) => sum + term).backward();
        Assert.All(expected.Skip(outputs.Length).Zip(network.parameters()), pair => Assert.True(pair.First.allclose(pair.Second.grad!, rtol: 1e-3, atol: 1e-5)));
    }

    [Fact]
    public void Doubles_are_left_to_the_modules()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("cross-stitch");
        network.UseEngine(EngineKind.Fused);
        TorchSharp.ModuleExtensionMethods.to(network, ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, network.call(randn(2, 1, 12, 12, dtype: float64))[0].dtype);
    }

    private static byte[] Train(string name, EngineKind engine, out List<double> losses)
    {
        using var network = TestNetworks.Build(name);
        network.UseEngine(engine, threads: 2);
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 25, BatchSize = 16, LearningRate = 0.001 }, seed: 1);
        var reports = new List<double>();
        trainer.Run(new RandomData(32), onEpoch: epoch => reports.Add(epoch.Loss));
        losses = reports;
        return NetworkWeights.Save(network);
    }

    private static List<Tensor> OutputsAndGradients(MultiTaskNetwork network, Tensor input)
    {
        network.zero_grad();
        var outputs = network.call(input);
        outputs.Select((output, i) => output.square().sum() * (i + 1)).Aggregate((sum, term) => sum + term).backward();
        return [.. outputs.Select(output => output.detach().clone()), .. network.parameters().Where(parameter => parameter.grad is not null).Select(parameter => parameter.grad!.clone())];
    }
}
