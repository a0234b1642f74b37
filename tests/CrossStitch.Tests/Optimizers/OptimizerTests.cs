using CrossStitch.Engines;
using CrossStitch.Optimizers;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tests.Towers;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests.Optimizers;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam, 0)]
    [InlineData(OptimizerKind.Adam, 0.5)]
    [InlineData(OptimizerKind.Sgd, 0)]
    [InlineData(OptimizerKind.Sgd, 0.5)]
    public void Steps_are_those_of_the_formulas(OptimizerKind kind, double clip)
    {
        var options = new TrainingOptions { Optimizer = kind, GradientClip = clip, WeightDecay = 0.01, Momentum = 0.8, StitchRate = 3, RelationRate = 0.5 };
        var network = TestNetworks.Build("related-cross-stitch");
        using var engine = new KernelEngine(network, threads: 2);
        var optimizer = Optimizer.Create(options, engine);
        var blocks = network.Parameters.Blocks;
        double[][] Zeros() => [.. blocks.Select(block => new double[block.Count])];
        double[][] expected = [.. blocks.Select((_, b) => network.Parameters.Numbers(b).ToArray().Select(number => (double)number).ToArray())], mean = Zeros(), square = Zeros();
        for (var step = 1; step <= 5; step++)
        {
            double[][] gradients = [.. blocks.Select((block, b) => TestNetworks.Noise(block.Count, (ulong)((1000 * step) + b)).Select(number => (double)number).ToArray())];
            for (var b = 0; b < blocks.Count; b++)
            {
                gradients[b].Select(number => (float)number).ToArray().CopyTo(engine.Gradients.Numbers(b));
            }

            var norm = Math.Sqrt(gradients.Sum(block => block.Sum(number => number * number)));
            var scale = clip > 0 ? Math.Min(1, clip / (norm + 1e-6)) : 1;
            optimizer.Step(0.1 / step);
            for (var b = 0; b < blocks.Count; b++)
            {
                var role = blocks[b].Role;
                var rate = 0.1 / step * (role == ParameterRole.Stitches ? 3 : role == ParameterRole.Relation ? 0.5 : 1);
                for (var i = 0; i < blocks[b].Count; i++)
                {
                    var gradient = (scale * gradients[b][i]) + ((role == ParameterRole.Weights ? 0.01 : 0) * expected[b][i]);
                    if (kind == OptimizerKind.Sgd)
                    {
                        mean[b][i] = (0.8 * mean[b][i]) + gradient;
                        expected[b][i] -= rate * mean[b][i];
                    }
                    else
                    {
                        mean[b][i] = (0.9 * mean[b][i]) + (0.1 * gradient);
                        square[b][i] = (0.999 * square[b][i]) + (0.001 * gradient * gradient);
                        expected[b][i] -= rate * mean[b][i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(square[b][i] / (1 - Math.Pow(0.999, step))) + 1e-8);
                    }
                }

                Assert.All(expected[b].Zip(network.Parameters.Numbers(b).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * (1 + Math.Abs(pair.First))));
            }
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void A_state_of_another_optimiser_or_network_is_refused(OptimizerKind kind)
    {
        var other = kind == OptimizerKind.Adam ? OptimizerKind.Sgd : OptimizerKind.Adam;
        Assert.Contains("optimiser", Assert.Throws<CrossStitchException>(() => Load(kind, "split", State(other, "split"))).Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => Load(kind, "split", State(kind, "single")));
        Assert.Throws<CrossStitchException>(() => Load(kind, "split", State(kind, "split")[..^1]));
        Assert.Throws<CrossStitchException>(() => Load(kind, "split", []));
        Load(kind, "split", State(kind, "split"));
    }

    [Fact]
    public void Any_number_of_threads_takes_the_same_step()
    {
        byte[] Stepped(int threads)
        {
            var network = TestNetworks.Build("cross-stitch");
            using var engine = new KernelEngine(network, threads);
            var optimizer = Optimizer.Create(new TrainingOptions(), engine);
            for (var b = 0; b < network.Parameters.Blocks.Count; b++)
            {
                TestNetworks.Noise(network.Parameters.Blocks[b].Count, (ulong)b).CopyTo(engine.Gradients.Numbers(b));
            }

            optimizer.Step(0.1);
            return NetworkWeights.Save(network.Parameters);
        }

        Assert.Equal(Stepped(1), Stepped(3));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Statistics_are_not_moved(OptimizerKind kind)
    {
        var shape = new TowerShape([3, 1, 1], [new ScaleStage("scale")]);
        var network = TestNetworks.Disturbed(TestNetworks.Build("single", shape));
        using var engine = new GivenGradients(network);
        var (gains, means) = (network.Parameters["tower0.scale.gain"].ToArray(), network.Parameters["tower0.scale.mean"].ToArray());
        engine.Gradients["tower0.scale.gain"].Fill(1);
        engine.Gradients["tower0.scale.mean"].Fill(1);
        var optimizer = Optimizer.Create(new TrainingOptions { Optimizer = kind, WeightDecay = 0.1 }, engine);
        optimizer.Step(0.1);
        optimizer.Step(0.1);
        Assert.NotEqual(gains, network.Parameters["tower0.scale.gain"].ToArray());
        Assert.Equal(means, network.Parameters["tower0.scale.mean"].ToArray());
    }

    private static byte[] State(OptimizerKind kind, string network)
    {
        using var engine = new KernelEngine(TestNetworks.Build(network));
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        Optimizer.Create(new TrainingOptions { Optimizer = kind }, engine).Save(writer);
        writer.Flush();
        return buffer.ToArray();
    }

    private static void Load(OptimizerKind kind, string network, byte[] state)
    {
        using var engine = new KernelEngine(TestNetworks.Build(network));
        using var reader = new BinaryReader(new MemoryStream(state));
        Optimizer.Create(new TrainingOptions { Optimizer = kind }, engine).Load(reader);
    }

    /// <summary>An engine whose gradients are set by hand.</summary>
    private sealed class GivenGradients(Network network) : NetworkEngine(network)
    {
        protected override void Compute(Batch batch, ReadOnlySpan<double> weights, StepLosses losses)
        {
        }

        protected override void Compute(ReadOnlySpan<float> input, int examples, IReadOnlyList<Memory<float>> outputs)
        {
        }
    }
}
