using CrossStitch.Engines;
using CrossStitch.Relations;
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
        using var scope = NewDisposeScope();
        using var eager = Train(name, EngineKind.Eager, out var eagerLosses);
        using var fused = Train(name, EngineKind.Fused, out var fusedLosses);
        Assert.Equal(50, fusedLosses.Count);
        Assert.All(eagerLosses.Zip(fusedLosses), pair => Assert.Equal(1, pair.Second / pair.First, 1e-4));
        Assert.All(eager.parameters().Zip(fused.parameters()), pair =>
        {
            var apart = (pair.First - pair.Second).norm().item<float>();
            Assert.True(apart <= 2e-3 * pair.First.norm().item<float>() + 1e-5, $"{apart} apart, of {pair.First.norm().item<float>()}");
        });
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
    public void The_same_seed_and_threads_give_the_same_weights_to_the_bit()
    {
        using var one = Train("related-cross-stitch", EngineKind.Fused, out _);
        using var other = Train("related-cross-stitch", EngineKind.Fused, out _);
        Assert.Equal(NetworkWeights.Save(one), NetworkWeights.Save(other));
    }

    [Theory]
    [InlineData(RelationPenalty.Squared, 0.01)]
    [InlineData(RelationPenalty.Exponential, 0.01)]
    [InlineData(RelationPenalty.AffineExponential, 0.01)]
    [InlineData(RelationPenalty.AffineExponential, 1)]
    public void The_penalty_and_its_gradients_are_those_of_the_modules(RelationPenalty penalty, double apart)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("related", relation: new WeightRelationOptions(penalty, Weight: 0.5, Scale: 0.9, Shift: 0.02));
        using (no_grad())
        {
            foreach (var layer in network.Towers[1].Layers)
            {
                layer.Weight.add_(randn(layer.Weight.shape, generator: new Generator(3)) * apart);
            }
        }

        List<Tensor> Run()
        {
            network.zero_grad();
            var value = network.Penalty()!;
            (value * 3).backward();
            return [value.detach(), .. network.parameters().Select(parameter => parameter.grad).OfType<Tensor>().Select(gradient => gradient.clone())];
        }

        var eager = Run();
        network.UseEngine(EngineKind.Fused);
        var fused = Run();
        Assert.Equal(eager.Count, fused.Count);
        Assert.All(eager.Zip(fused), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-4, atol: 1e-5 * pair.First.abs().max().item<float>() + 1e-9)));
    }

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

    private static MultiTaskNetwork Train(string name, EngineKind engine, out List<double> losses)
    {
        var network = TestNetworks.Build(name);
        network.UseEngine(engine, threads: 2);
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 25, BatchSize = 16, LearningRate = 0.001 }, seed: 1);
        var steps = new List<double>();
        trainer.Run(new RandomData(32), progress: new Steps(step => steps.Add(step.Loss)));
        losses = steps;
        return network;
    }

    private sealed class Steps(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }

    private static List<Tensor> OutputsAndGradients(MultiTaskNetwork network, Tensor input)
    {
        network.zero_grad();
        var outputs = network.call(input);
        outputs.Select((output, i) => output.square().sum() * (i + 1)).Aggregate((sum, term) => sum + term).backward();
        return [.. outputs.Select(output => output.detach().clone()), .. network.parameters().Where(parameter => parameter.grad is not null).Select(parameter => parameter.grad!.clone())];
    }
}
