using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests.Sharing;

/// <summary>A way to mix towers that no line of the library knows is learned, saved and exported as the paper's is.</summary>
public sealed class TowerMixingTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Epochs = 30, BatchSize = 8, LearningRate = 0.01 };

    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-mixing-").FullName;

    [Fact]
    public void Its_gradients_match_finite_differences()
    {
        IReadOnlyList<TaskGroup> groups = [TestNetworks.Groups[0], new("pose", [TestNetworks.Auxiliary[0]]), new("smile", [TestNetworks.Auxiliary[1]])];
        var shape = new TowerShape([2, 7, 8], [new ConvolutionStage("pool1", 3, 3, Pool: true), new DenseStage("fc", 5)]);
        var network = TestNetworks.Disturbed(Network.Create(NetworkDescription.CrossStitch(shape, groups, new SoftmaxMixing()), seed: 1), size: 0.1);
        using var engine = new KernelEngine(network, threads: 2);
        FiniteDifferences.Check(engine, new RandomData(9).FirstOf(network.Description, 9));
        Assert.All(shape.Stages, stage => Assert.Contains(engine.Gradients[SoftmaxMixing.NameOf(stage.Name)].ToArray(), slope => slope != 0));
    }

    [Fact]
    public void A_units_alpha_may_be_read_in_place_or_worked_out_to_the_same()
    {
        foreach (var perChannel in new[] { true, false })
        {
            var network = TestNetworks.Disturbed(TestNetworks.Build("cross-stitch", stitches: new CrossStitchOptions(perChannel)));
            var own = Network.Create(network.Description with { Stitches = new Worked(new CrossStitchOptions(perChannel)) }, seed: 1);
            own.Parameters.CopyFrom(network.Parameters);
            var batch = new RandomData(9).FirstOf(network.Description, 9);
            using var read = new KernelEngine(network);
            using var worked = new KernelEngine(own);
            Assert.Equal(TestNetworks.Numbers(TestNetworks.Learn(read, batch)), TestNetworks.Numbers(TestNetworks.Learn(worked, batch)));
            Assert.All(network.Parameters.Blocks, block => Assert.Equal(read.Gradients[block.Name].ToArray(), worked.Gradients[block.Name].ToArray(), (x, y) => Math.Abs(x - y) <= 1e-6 * (1 + Math.Abs(x))));
        }
    }

    [Fact]
    public void Training_lowers_the_loss_and_moves_its_parameters()
    {
        var network = TestNetworks.Build("cross-stitch", stitches: new SoftmaxMixing());
        var before = network.Parameters[SoftmaxMixing.NameOf("fc")].ToArray();
        using var engine = new KernelEngine(network);
        var losses = new List<double>();
        new Trainer(engine, Options, seed: 1).Run(new RandomData(32), onEpoch: epoch => losses.Add(epoch.Loss));
        Assert.True(losses[^1] < 0.5 * losses[0], $"{losses[0]} to {losses[^1]}");
        Assert.All(before.Zip(network.Parameters[SoftmaxMixing.NameOf("fc")].ToArray()), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.All(StitchSummary.Of(network), unit => Assert.All(unit.Mean, row => Assert.Equal(1, row.Sum(), 1e-6)));
        Assert.Equal(["pool1", "conv2", "fc"], StitchSummary.Of(network).Select(unit => unit.Layer));
    }

    [Fact]
    public void Training_that_goes_on_from_a_checkpoint_ends_as_one_without_a_break()
    {
        var path = Path.Combine(_folder, "checkpoint");
        Network Build(long seed = 1) => TestNetworks.Build("related-cross-stitch", seed: seed, stitches: new SoftmaxMixing());
        using var whole = new KernelEngine(Build());
        var trainer = new Trainer(whole, Options with { Epochs = 4 }, seed: 1);
        trainer.Run(new RandomData(20), onEpoch: epoch =>
        {
            if (epoch.Epoch == 2)
            {
                trainer.Capture().Save(path);
            }
        });
        using var resumed = new KernelEngine(Build(seed: 2));
        var second = new Trainer(resumed, Options with { Epochs = 4 }, seed: 1);
        second.Restore(Checkpoint.Load(path));
        second.Run(new RandomData(20));
        Assert.Equal(NetworkWeights.Save(whole.Network.Parameters), NetworkWeights.Save(resumed.Network.Parameters));
    }

    [Fact]
    public void An_exported_model_predicts_the_same()
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build("cross-stitch", TestNetworks.PaperShape, stitches: new SoftmaxMixing()));
        var path = Path.Combine(_folder, "model.xstitch");
        ModelExport.Save(network, path);
        using var runner = new NetworkRunner(ModelFile.Load(path));
        var input = TestNetworks.Noise(3 * 1600);
        var output = runner.Run(input, 3);
        Assert.All(TestNetworks.Predict(network, input, 3).Index(), task => Assert.Equal(task.Item, output[task.Index].ToArray(), (x, y) => Math.Abs(x - y) <= 1e-5 * (1 + Math.Abs(x))));
    }

    [Fact]
    public void Weights_of_another_mixing_are_of_another_network()
    {
        var own = TestNetworks.Build("cross-stitch", stitches: new SoftmaxMixing());
        var error = Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(own, NetworkWeights.Save(TestNetworks.Build("cross-stitch").Parameters)));
        Assert.Contains("stitch.pool1.alpha", error.Message, StringComparison.Ordinal);
        Assert.Contains("do not mix", Assert.Throws<CrossStitchException>(() => TestNetworks.Build("related").Alpha(0)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The paper's units behind the general way: an engine has to ask it for α.</summary>
    private sealed record Worked(CrossStitchOptions Units) : TowerMixing
    {
        public override IReadOnlyList<ParameterBlock> Blocks(NetworkDescription network) => Units.Blocks(network);

        public override void Initialize(NetworkDescription network, ParameterSet parameters) => Units.Initialize(network, parameters);

        public override void Mix(NetworkDescription network, int stage, ParameterSet parameters, Span<float> alpha) => Units.Mix(network, stage, parameters, alpha);

        public override void AddGradient(NetworkDescription network, int stage, ParameterSet parameters, ReadOnlySpan<float> alphaGradient, ParameterSet gradients) =>
            Units.AddGradient(network, stage, parameters, alphaGradient, gradients);
    }
}
