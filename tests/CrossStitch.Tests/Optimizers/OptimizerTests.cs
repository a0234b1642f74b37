using CrossStitch.Sharing;
using CrossStitch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Training;

public sealed class KernelOptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam, 0)]
    [InlineData(OptimizerKind.Adam, 0.5)]
    [InlineData(OptimizerKind.Sgd, 0)]
    [InlineData(OptimizerKind.Sgd, 0.5)]
    public void Steps_are_those_of_libtorch(OptimizerKind kind, double clip)
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Optimizer = kind, GradientClip = clip, WeightDecay = 0.01, Momentum = 0.8, LearningRate = 0.1 };
        var (ours, theirs) = (Parameters(), Parameters());
        using var kernel = TrainingOptimizer.Create(options, ours);
        using var library = new LibraryOptimizer(options, theirs);
        Assert.IsAssignableFrom<KernelOptimizer>(kernel);
        for (var step = 1; step <= 5; step++)
        {
            foreach (var (optimizer, groups) in new[] { (kernel, ours), (library, theirs) })
            {
                optimizer.ZeroGradients();
                foreach (var (parameter, i) in groups.SelectMany(group => group.Parameters).Select((parameter, i) => (parameter, i)))
                {
                    parameter.grad = randn(parameter.shape, generator: new Generator((ulong)((10 * step) + i)));
                }

                optimizer.Step(role => role == ParameterRole.Weights ? 0.1 / step : 0.03);
            }

            Assert.All(
                ours.SelectMany(group => group.Parameters).Zip(theirs.SelectMany(group => group.Parameters)),
                pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-5, atol: 1e-6), $"step {step}: {(pair.First - pair.Second).abs().max().item<float>()}"));
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void A_checkpoint_of_another_optimiser_is_refused(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        var other = kind == OptimizerKind.Adam ? OptimizerKind.Sgd : OptimizerKind.Adam;
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        TrainingOptimizer.Create(new TrainingOptions { Optimizer = other }, Parameters()).Save(writer);
        buffer.Position = 0;
        using var reader = new BinaryReader(buffer);
        Assert.Throws<CrossStitchException>(() => TrainingOptimizer.Create(new TrainingOptions { Optimizer = kind }, Parameters()).Load(reader));
    }

    private static (ParameterRole Role, IReadOnlyList<Parameter> Parameters)[] Parameters()
    {
        Parameter Draw(ulong seed, params long[] shape) => new(randn(shape, generator: new Generator(seed)));
        return [(ParameterRole.Weights, [Draw(1, 7, 5), Draw(2, 19)]), (ParameterRole.Stitches, [Draw(3, 2, 2, 9)])];
    }
}
