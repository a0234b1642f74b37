using CrossStitch.Engines;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Tests;
using CrossStitch.Tests.Relations;
using CrossStitch.Tests.Sharing;
using CrossStitch.Torch.Engines;
using CrossStitch.Towers;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Engines;

/// <summary>The kernels against autograd: two programs that share no arithmetic.</summary>
[SoundLibtorch]
public sealed class TorchEngineTests
{
    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void Predictions_losses_and_gradients_of_the_papers_networks_are_those_of_the_kernels(string name) =>
        Compare(TestNetworks.Build(name, TestNetworks.PaperShape), side: 40);

    [Theory, MemberData(nameof(Names))]
    public void So_they_are_of_small_towers_with_a_stitch_a_layer(string name) =>
        Compare(TestNetworks.Build(name, stitches: new CrossStitchOptions(PerChannel: false), relation: new WeightRelationOptions(Weight: 0.01, Scale: 0.9, Shift: 0.02)));

    [Theory]
    [InlineData("squared", 0.01)]
    [InlineData("exponential", 0.01)]
    [InlineData("affine-exponential", 0.01)]
    [InlineData("affine-exponential", 1)]
    [InlineData("exponential", 1)]
    [InlineData("root", 0.01)]
    [InlineData("root", 1)]
    public void So_they_are_of_every_penalty_within_its_limit_and_beyond(string name, double apart)
    {
        var penalty = RelationPenalty.All.Append(new RootPenalty()).Single(one => one.Name == name);
        Compare(TestNetworks.Build("related", relation: new WeightRelationOptions(penalty, Weight: 1e-3, Scale: 0.9, Shift: 0.02)), noise: apart);
    }

    [Fact]
    public void So_they_are_of_a_mixing_of_ones_own() => Compare(TestNetworks.Build("related-cross-stitch", stitches: new SoftmaxMixing()));

    [Fact]
    public void So_they_are_of_three_towers_that_end_in_pictures()
    {
        var shape = new TowerShape([1, 12, 12], [new ConvolutionStage("pool1", 5, 4, Pool: true), new ConvolutionStage("conv2", 3, 2, Pool: false)]);
        IReadOnlyList<TaskGroup> groups = [TestNetworks.Groups[0], new("pose", [TestNetworks.Auxiliary[0]]), new("smile", [TestNetworks.Auxiliary[1]])];
        Compare(Network.Create(NetworkDescription.RelatedCrossStitch(shape, groups), seed: 1));
    }

    [Fact]
    public void So_they_are_of_a_task_with_offsets_of_its_logits()
    {
        var pose = new ClassificationTask("pose", 5, 0.5) { LogitOffsets = [-4, -2, -0.3, -2, -3.5] };
        Compare(Network.Create(NetworkDescription.CrossStitch(TestNetworks.SmallShape, [TestNetworks.Groups[0], new("auxiliary", [pose, TestNetworks.Auxiliary[1]])]), seed: 1));
    }

    [Theory, MemberData(nameof(Names))]
    public void Fifty_steps_of_training_go_the_same_way(string name)
    {
        var (byKernels, kernelLosses) = Train(network => new KernelEngine(network, threads: 2), name);
        var (byTorch, torchLosses) = Train(network => new TorchEngine(network), name);
        Assert.Equal(50, torchLosses.Count);
        Assert.Equal(torchLosses, kernelLosses, (x, y) => Math.Abs(x - y) <= 1e-4 * Math.Abs(x));
        Assert.All(byTorch.Parameters.Blocks, block =>
        {
            var (expected, actual) = (byTorch.Parameters[block.Name].ToArray(), byKernels.Parameters[block.Name].ToArray());
            var norm = Math.Sqrt(expected.Sum(number => (double)number * number));
            var apart = Math.Sqrt(expected.Zip(actual, (x, y) => Math.Pow((double)x - y, 2)).Sum());
            Assert.True(apart <= (2e-3 * norm) + 1e-5, $"{block.Name}: {apart} apart, of {norm}");
        });
    }

    [Fact]
    public void A_stage_of_another_kind_is_refused()
    {
        var network = Network.Create(NetworkDescription.Single(new TowerShape([1, 12, 12], [new OwnStage(), new DenseStage("fc", 3)]), TestNetworks.Main), seed: 1);
        var error = Assert.Throws<CrossStitchException>(() => new TorchEngine(network));
        Assert.Contains("'own'", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(OwnStage), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_are_no_pictures_are_computed()
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build("cross-stitch", new TowerShape([144], [new DenseStage("one", 9), new DenseStage("two", 4)])));
        var pictures = TestNetworks.Disturbed(TestNetworks.Build("cross-stitch", new TowerShape([1, 12, 12], [new DenseStage("one", 9), new DenseStage("two", 4)])));
        using var torch = new TorchEngine(network);
        var input = TestNetworks.Noise(5 * 144);
        Assert.All(TestNetworks.Predict(pictures, input, 5).Zip(TestNetworks.Predict(torch, input, 5)), pair => AssertNear(pair.First, pair.Second, "output"));
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        var network = TestNetworks.Build("related-cross-stitch");
        using var engine = new TorchEngine(network);
        var counts = new List<long>();
        new Trainer(engine, new TrainingOptions { Epochs = 60, BatchSize = 8 }, seed: 1).Run(new RandomData(16), new RandomData(8, seed: 2), epoch =>
        {
            if (epoch.Epoch is 2 or 60)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                counts.Add(Tensor.TotalCount);
            }
        });
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public void Collecting_garbage_all_the_while_changes_nothing()
    {
        using var stop = new CancellationTokenSource();
        var (calm, expected) = Train(network => new TorchEngine(network), "related-cross-stitch", epochs: 5);
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                Thread.Yield();
            }
        });
        collector.Start();
        var (stressed, losses) = Train(network => new TorchEngine(network), "related-cross-stitch", epochs: 5);
        stop.Cancel();
        collector.Join();
        Assert.Equal(expected, losses);
        Assert.All(calm.Parameters.Blocks, block => Assert.Equal(calm.Parameters[block.Name].ToArray(), stressed.Parameters[block.Name].ToArray()));
    }

    private static void Compare(Network network, int side = 12, double noise = 0.02)
    {
        TestNetworks.Disturbed(network, noise);
        var batch = WithoutSomeLabels(new RandomData(21, side).FirstOf(network.Description, 21));
        using var kernels = new KernelEngine(network, threads: 2);
        using var torch = new TorchEngine(network);
        Assert.All(
            TestNetworks.Predict(torch, batch.Input.ToArray(), 21).Zip(TestNetworks.Predict(kernels, batch.Input.ToArray(), 21)),
            pair => AssertNear(pair.First, pair.Second, "output"));
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(TestNetworks.Numbers(TestNetworks.Learn(torch, batch)), TestNetworks.Numbers(TestNetworks.Learn(kernels, batch)), (x, y) => Math.Abs(x - y) <= 1e-5 * (1 + Math.Abs(x)));
            Assert.All(network.Parameters.Blocks, block => AssertNear(torch.Gradients[block.Name].ToArray(), kernels.Gradients[block.Name].ToArray(), block.Name));
        }
    }

    private static void AssertNear(float[] expected, float[] actual, string what)
    {
        var scale = expected.Max(Math.Abs);
        var apart = expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max();
        Assert.True(apart <= (1e-4 * scale) + 1e-7, $"{what}: {apart} apart, of {scale}");
    }

    private static Batch WithoutSomeLabels(Batch batch)
    {
        batch.Labels("landmarks")[37] = float.NaN;
        batch.Labels("landmarks")[200] = float.PositiveInfinity;
        if (batch.Has("pose"))
        {
            batch.Labels("pose")[0] = ClassificationTask.Missing;
            batch.Labels("pose")[20] = ClassificationTask.Missing;
        }

        return batch;
    }

    private static (Network Network, List<double> Losses) Train(Func<Network, NetworkEngine> build, string name, int epochs = 25)
    {
        using var engine = build(TestNetworks.Build(name));
        var losses = new List<double>();
        new Trainer(engine, new TrainingOptions { Epochs = epochs, BatchSize = 16, LearningRate = 0.001 }, seed: 1).Run(new RandomData(32), progress: new Steps(losses));
        return (engine.Network, losses);
    }

    private sealed class Steps(List<double> losses) : IProgress<StepReport>
    {
        public void Report(StepReport value) => losses.Add(value.Loss);
    }
}
