using CrossStitch.Optimizers;
using CrossStitch.Tests;
using CrossStitch.Torch.Engines;
using CrossStitch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Training;

[SoundLibtorch]
public sealed class OptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Steps_are_those_of_libtorch(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Build("split");
        using var engine = new TorchEngine(network);
        var ours = Optimizer.Create(new TrainingOptions { Optimizer = kind, GradientClip = 0.5, WeightDecay = 0.01, Momentum = 0.8 }, engine);
        var blocks = network.Parameters.Blocks;
        Parameter[] parameters = [.. blocks.Select((block, b) => new Parameter(tensor(network.Parameters.Numbers(b).ToArray())))];
        using optim.Optimizer theirs = kind == OptimizerKind.Adam
            ? optim.Adam(parameters, lr: 0.03, weight_decay: 0.01)
            : optim.SGD(parameters, learningRate: 0.03, momentum: 0.8, weight_decay: 0.01);
        for (var step = 1; step <= 5; step++)
        {
            for (var b = 0; b < blocks.Count; b++)
            {
                var gradient = TestNetworks.Noise(blocks[b].Count, (ulong)((1000 * step) + b));
                gradient.CopyTo(engine.Gradients.Numbers(b));
                parameters[b].grad = tensor(gradient);
            }

            nn.utils.clip_grad_norm_(parameters, 0.5);
            theirs.step();
            ours.Step(0.03);
            for (var b = 0; b < blocks.Count; b++)
            {
                Assert.Equal(parameters[b].data<float>().ToArray(), network.Parameters.Numbers(b).ToArray(), (x, y) => Math.Abs(x - y) <= (1e-5 * Math.Abs(x)) + 1e-6);
            }
        }
    }
}
