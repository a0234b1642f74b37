using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tests;
using CrossStitch.Torch.Engines;
using CrossStitch.Towers;
using CrossStitch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Towers;

/// <summary>TorchSharp modules as stages: mixed, trained, saved and resumed as any stage is.</summary>
[SoundLibtorch]
public sealed class ModuleStageTests : IDisposable
{
    private static readonly TowerShape Backbone = new([1, 12, 12], [new ResidualStage("stem", 4, Stride: 2), new ResidualStage("body", 6, Stride: 2), new DenseStage("fc", 16)]);

    private static readonly TrainingOptions Options = new() { Epochs = 6, BatchSize = 8, LearningRate = 0.01 };

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Parameters_and_buffers_of_a_module_are_blocks_of_the_network()
    {
        var network = TestNetworks.Build("cross-stitch", Backbone);
        Assert.Equal(
            [
                ("conv1.weight", "4x1x3x3", "weights"), ("conv2.weight", "4x4x3x3", "weights"), ("norm1.bias", "4", "weights"), ("norm1.weight", "4", "weights"),
                ("norm2.bias", "4", "weights"), ("norm2.weight", "4", "weights"), ("skip.bias", "4", "weights"), ("skip.weight", "4x1x1x1", "weights"),
            ],
            Of("weights").Order());
        Assert.Equal(["norm1.num_batches_tracked", "norm1.running_mean", "norm1.running_var", "norm2.num_batches_tracked", "norm2.running_mean", "norm2.running_var"], Of("statistics").Select(block => block.Item1).Order());
        Assert.All(network.Parameters["tower1.body.norm2.running_var"].ToArray(), variance => Assert.Equal(1, variance));

        IEnumerable<(string, string, string)> Of(string role) => network.Parameters.Blocks
            .Where(block => block.Name.StartsWith("tower0.stem.", StringComparison.Ordinal) && block.Role.Name == role)
            .Select(block => (block.Name["tower0.stem.".Length..], string.Join('x', block.Shape), block.Role.Name));
    }

    [Fact]
    public void A_seed_decides_the_first_weights_and_tied_towers_begin_alike()
    {
        const string Weight = "stem.conv1.weight";
        var (one, again, other) = (TestNetworks.Build("cross-stitch", Backbone), TestNetworks.Build("cross-stitch", Backbone), TestNetworks.Build("cross-stitch", Backbone, seed: 2));
        Assert.Equal(NetworkWeights.Save(one.Parameters), NetworkWeights.Save(again.Parameters));
        Assert.NotEqual(one.Parameters[$"tower0.{Weight}"].ToArray(), other.Parameters[$"tower0.{Weight}"].ToArray());
        Assert.NotEqual(one.Parameters[$"tower0.{Weight}"].ToArray(), one.Parameters[$"tower1.{Weight}"].ToArray());
        var tied = TestNetworks.Build("related", Backbone, relation: new WeightRelationOptions(Layers: ["fc"]));
        Assert.Equal(tied.Parameters[$"tower0.{Weight}"].ToArray(), tied.Parameters[$"tower1.{Weight}"].ToArray());
    }

    [Fact]
    public void A_residual_backbone_with_stitches_between_its_stages_learns()
    {
        var network = TestNetworks.Build("cross-stitch", Backbone);
        using var engine = new TorchEngine(network);
        var losses = new List<double>();
        new Trainer(engine, Options with { Epochs = 30 }, seed: 1).Run(new RandomData(32), onEpoch: epoch => losses.Add(epoch.Loss));
        Assert.True(losses[^1] < 0.5 * losses[0], $"{losses[0]} to {losses[^1]}");
        Assert.Equal(["stem", "body", "fc"], StitchSummary.Of(network).Select(unit => unit.Layer));
        Assert.All(StitchSummary.Of(network), unit => Assert.NotEqual(0.9, unit.Mean[0][0], 1e-4));
        Assert.All(network.Parameters["tower0.body.norm1.running_mean"].ToArray(), mean => Assert.NotEqual(0, mean));
        Assert.Equal([120f], network.Parameters["tower1.stem.norm1.num_batches_tracked"].ToArray());
    }

    [Fact]
    public void Gradients_match_finite_differences()
    {
        var shape = new TowerShape([1, 6, 6], [new ConvolutionStage("first", 2, 2, Pool: false), new ResidualStage("body", 2, Stride: 3)]);
        var network = TestNetworks.Disturbed(TestNetworks.Build("cross-stitch", shape), size: 0.1);
        using var engine = new TorchEngine(network);
        FiniteDifferences.Check(engine, new RandomData(24).FirstOf(network.Description, 24));
    }

    [Fact]
    public void Predictions_are_of_each_example_alone_and_change_nothing()
    {
        var network = TestNetworks.Build("cross-stitch", Backbone);
        using var engine = new TorchEngine(network);
        new Trainer(engine, Options, seed: 1).Run(new RandomData(16));
        var (before, input) = (NetworkWeights.Save(network.Parameters), TestNetworks.Noise(3 * 144));
        var together = TestNetworks.Predict(engine, input, 3);
        Assert.Equal(together, TestNetworks.Predict(engine, input, 3));
        Assert.All(together.Zip(TestNetworks.Predict(engine, input[288..], 1)), pair => Assert.Equal(pair.Second, pair.First[^pair.Second.Length..], (x, y) => Math.Abs(x - y) <= 1e-5 * (1 + Math.Abs(x))));
        Assert.Equal(before, NetworkWeights.Save(network.Parameters));
    }

    [Fact]
    public void Training_that_goes_on_from_a_checkpoint_ends_as_one_without_a_break()
    {
        using var whole = new TorchEngine(TestNetworks.Build("cross-stitch", Backbone));
        var trainer = new Trainer(whole, Options, seed: 1);
        trainer.Run(new RandomData(20), progress: new Listener(step =>
        {
            // In the middle of an epoch.
            if (step.Step == 8)
            {
                trainer.Capture().Save(_path);
            }
        }));
        using var resumed = new TorchEngine(TestNetworks.Build("cross-stitch", Backbone, seed: 2));
        var second = new Trainer(resumed, Options, seed: 1);
        second.Restore(Checkpoint.Load(_path));
        second.Run(new RandomData(20));
        Assert.Equal(NetworkWeights.Save(whole.Network.Parameters), NetworkWeights.Save(resumed.Network.Parameters));
        Assert.Equal([18f], resumed.Network.Parameters["tower0.body.norm2.num_batches_tracked"].ToArray());
    }

    [Theory]
    [InlineData("cross-stitch")]
    [InlineData("related-cross-stitch")]
    public void A_module_that_computes_a_convolution_is_the_convolution(string name)
    {
        var module = new GivenStage("conv2", input => new GivenModule(new Parameter(rand(8, input[0], 2, 2)), new Parameter(zeros(8)), (x, weight, bias) => nn.functional.relu(nn.functional.conv2d(x, weight, bias))), input => [8, input[1] - 1, input[2] - 1]);
        var known = TestNetworks.Disturbed(TestNetworks.Build(name, relation: new WeightRelationOptions(Weight: 0.01, Scale: 0.9, Shift: 0.02)));
        var mixed = Network.Create(known.Description with { Shape = TestNetworks.SmallShape with { Stages = [TestNetworks.SmallShape.Stages[0], module, TestNetworks.SmallShape.Stages[2]] } }, seed: 1);
        NetworkWeights.Load(mixed, NetworkWeights.Save(known.Parameters));
        using var kernels = new KernelEngine(known);
        using var torch = new TorchEngine(mixed);
        var batch = new RandomData(9).FirstOf(known.Description, 9);
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(TestNetworks.Numbers(TestNetworks.Learn(kernels, batch)), TestNetworks.Numbers(TestNetworks.Learn(torch, batch)), (x, y) => Math.Abs(x - y) <= 1e-5 * (1 + Math.Abs(x)));
            Assert.All(known.Parameters.Blocks, block => Assert.Equal(kernels.Gradients[block.Name].ToArray(), torch.Gradients[block.Name].ToArray(), (x, y) => Math.Abs(x - y) <= 1e-5 * (1 + Math.Abs(x))));
        }
    }

    [Fact]
    public void Weights_that_ask_for_no_gradient_stay_as_they_are()
    {
        var shape = new TowerShape([1, 12, 12], [new GivenStage("scale", _ => new GivenModule(new Parameter(full(1, 2.5f), requires_grad: false), new Parameter(zeros(1)), (x, weight, bias) => x.mul(weight).add(bias))), new DenseStage("fc", 4)]);
        using var engine = new TorchEngine(TestNetworks.Build("single", shape));
        new Trainer(engine, Options with { WeightDecay = 0.1 }, seed: 1).Run(new RandomData(8));
        Assert.Equal(("frozen", 2.5f), (engine.Network.Parameters.Blocks[0].Role.Name, engine.Network.Parameters["tower0.scale.weight"][0]));
        Assert.Equal([0f], engine.Gradients["tower0.scale.weight"].ToArray());
    }

    /// <summary>On a device without numbers, which every build of libtorch has: shapes alone are computed there.</summary>
    [Fact]
    public void A_module_moves_to_a_device_whatever_its_fields_are_called()
    {
        GivenModule? made = null;
        var stage = new GivenStage("scale", _ => made = new GivenModule(new Parameter(ones(1)), new Parameter(zeros(1)), (x, weight, bias) => x.mul(weight).sub(bias), buffer: ones(3)));
        var network = TestNetworks.Build("single", new TowerShape([1, 12, 12], [stage, new DenseStage("fc", 4)]));
        using var engine = new TorchEngine(network, META);
        using var output = made!.call(zeros(2, 1, 12, 12, device: META));
        Assert.Equal(TorchSharp.DeviceType.META, output.device_type);
        Assert.Equal([2L, 1, 12, 12], output.shape);
        Assert.All(made.named_parameters(), parameter => Assert.Equal(TorchSharp.DeviceType.META, parameter.parameter.device_type));
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        var counts = new List<long>();
        using var engine = new TorchEngine(TestNetworks.Build("cross-stitch", Backbone));
        new Trainer(engine, Options with { Epochs = 30 }, seed: 1).Run(new RandomData(16), new RandomData(8, seed: 2), epoch =>
        {
            if (epoch.Epoch is 2 or 30)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                counts.Add(Tensor.TotalCount);
            }
        });
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public void Every_module_is_disposed_with_its_tensors()
    {
        var made = new List<Tensor>();
        var stage = new GivenStage("scale", _ =>
        {
            var (weight, bias, buffer) = (new Parameter(ones(1)), new Parameter(zeros(1)), zeros(1));
            made.AddRange([weight, bias, buffer]);
            return new GivenModule(weight, bias, (x, w, b) => x.mul(w).add(b), buffer);
        });
        using (var engine = new TorchEngine(TestNetworks.Build("cross-stitch", new TowerShape([1, 12, 12], [stage, new DenseStage("fc", 4)]))))
        {
            new Trainer(engine, Options, seed: 1).Run(new RandomData(8));
            Assert.Equal(6, made.Count(tensor => !tensor.IsInvalid));
        }

        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void An_engine_lives_until_it_is_disposed_whatever_scope_it_was_made_in()
    {
        var network = TestNetworks.Build("cross-stitch", Backbone);
        TorchEngine engine;
        using (NewDisposeScope())
        {
            engine = new TorchEngine(network);
        }

        var batch = new RandomData(4).FirstOf(network.Description, 4);
        Assert.True(double.IsFinite(TestNetworks.Learn(engine, batch).Joint));
        engine.Dispose();
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => TestNetworks.Learn(engine, batch));
        Assert.Throws<ObjectDisposedException>(() => TestNetworks.Predict(engine, TestNetworks.Noise(144), 1));
    }

    [Fact]
    public void What_cannot_be_a_stage_is_refused()
    {
        Refused(_ => new GivenModule(new Parameter(zeros(1, float64)), new Parameter(zeros(1)), (x, _, _) => x), "'weight'", "Float64");
        Refused(_ => new GivenModule(new Parameter(zeros(1)), new Parameter(zeros(1)), (x, _, _) => x, zeros(1, float64)), "'buffer'", "Float64");
        Refused(_ => new GivenModule(new Parameter(zeros(1)), new Parameter(zeros(1)), (x, _, _) => x, tensor((1L << 24) + 1)), "'tower0.own.buffer'", "whole numbers");
        Refused(_ => new GivenModule(new Parameter(zeros(1)), new Parameter(zeros(1)), (x, _, _) => x.flatten(1)), "[1, 12, 12]", "[144]");

        static void Refused(Func<IReadOnlyList<int>, nn.Module<Tensor, Tensor>> make, params string[] words)
        {
            var error = Assert.Throws<CrossStitchException>(() =>
            {
                using var engine = new TorchEngine(TestNetworks.Build("single", new TowerShape([1, 12, 12], [new GivenStage("own", make)])));
                TestNetworks.Predict(engine, TestNetworks.Noise(144), 1);
            });
            Assert.All(words.Append("'own'"), word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_kernels_say_who_computes_modules()
    {
        var error = Assert.Throws<CrossStitchException>(() => new KernelEngine(TestNetworks.Build("cross-stitch", Backbone)));
        Assert.Contains(nameof(ResidualStage), error.Message, StringComparison.Ordinal);
        Assert.Contains("CrossStitch.Torch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_may_be_named_and_one_that_is_not_there_is_refused()
    {
        var network = TestNetworks.Build("cross-stitch", Backbone);
        using var usual = new TorchEngine(network);
        using var named = new TorchEngine(network, CPU);
        var input = TestNetworks.Noise(2 * 144);
        Assert.Equal(TestNetworks.Predict(usual, input, 2), TestNetworks.Predict(named, input, 2));
        Assert.SkipWhen(cuda.is_available(), "there is a CUDA device");
        Assert.Contains("'cuda'", Assert.Throws<CrossStitchException>(() => new TorchEngine(network, new Device("cuda"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private sealed class Listener(Action<StepReport> listen) : IProgress<StepReport>
    {
        public void Report(StepReport value) => listen(value);
    }
}
