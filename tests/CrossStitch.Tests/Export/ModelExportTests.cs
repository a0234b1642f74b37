using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Export;

public sealed class ModelExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-export-").FullName;

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void A_model_says_what_its_network_says(string name)
    {
        using var network = Trained(name, TowerShape.Mtfl40, new CrossStitchOptions());
        Check(network, TowerShape.Mtfl40, [1, 3, 128]);
    }

    [Theory, MemberData(nameof(Names))]
    public void So_does_one_of_small_towers_with_a_stitch_a_layer(string name)
    {
        using var network = Trained(name, TestNetworks.SmallShape, new CrossStitchOptions(PerChannel: false, Same: 0.7, Other: 0.4));
        Check(network, TestNetworks.SmallShape, [5]);
    }

    [Fact]
    public void Towers_of_colour_pictures_and_of_numbers_alone_are_exported_too()
    {
        foreach (var shape in new[]
        {
            new TowerShape([3, 9, 14], [new ConvolutionStage("one", 5, 2, Pool: true), new DenseStage("two", 7), new DenseStage("three", 3)]),
            new TowerShape([6, 1, 1], [new DenseStage("one", 9), new DenseStage("two", 4)]),
        })
        {
            using var network = TestNetworks.Build("related-cross-stitch", shape);
            Check(network, shape, [1, 3, 20]);
        }
    }

    [Fact]
    public void A_model_knows_its_tasks_and_what_it_was_told()
    {
        using var network = TestNetworks.Build("cross-stitch");
        var model = ModelExport.ToModel(network, new ModelExportOptions
        {
            Input = new InputFormat { Channels = ["gray"], Standardized = true },
            Labels = new Dictionary<string, IReadOnlyList<string>> { ["smile"] = ["no", "yes"], ["glasses"] = ["no", "yes"] },
            Metadata = new Dictionary<string, string> { ["producer"] = "a test" },
        });
        Assert.Equal([("landmarks", HeadKind.Regression, 0, 10), ("pose", HeadKind.Classification, 1, 5), ("smile", HeadKind.Classification, 1, 2)], model.Heads.Select(head => (head.Name, head.Kind, head.Tower, head.Outputs)));
        Assert.Equal([[], [], ["no", "yes"]], model.Heads.Select(head => head.Labels));
        Assert.Equal(("gray", true, "a test"), (model.Input.Channels[0], model.Input.Standardized, model.Metadata["producer"]));
        Assert.Equal(network.parameters().Sum(parameter => parameter.numel()), model.Parameters);
    }

    [Fact]
    public void A_stitch_of_a_layer_is_one_a_channel_in_the_file()
    {
        using var network = TestNetworks.Build("cross-stitch", stitches: new CrossStitchOptions(PerChannel: false, Same: 0.75, Other: 0.25));
        var model = ModelExport.ToModel(network);
        Assert.All(model.Alphas.Zip([8, 8, 32]), pair => Assert.Equal(
            [.. Enumerable.Repeat(0.75f, pair.Second), .. Enumerable.Repeat(0.25f, 2 * pair.Second), .. Enumerable.Repeat(0.75f, pair.Second)],
            pair.First.ToArray()));
    }

    [Fact]
    public void A_network_of_doubles_becomes_one_of_floats()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("split");
        var floats = ModelExport.ToModel(network);
        network.to(ScalarType.Float64);
        Assert.Equal(floats.Heads[0].Weights.ToArray(), ModelExport.ToModel(network).Heads[0].Weights.ToArray());
    }

    [Fact]
    public void Exporting_leaves_no_tensor_behind()
    {
        using var network = TestNetworks.Build("related-cross-stitch");
        ModelExport.ToModel(network);
        var before = Tensor.TotalCount;
        ModelExport.ToModel(network);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void What_the_kernels_cannot_run_is_refused()
    {
        using var flat = TestNetworks.Build("single", new TowerShape([6], [new DenseStage("one", 4)]));
        Assert.Contains("[6, 1, 1]", Assert.Throws<CrossStitchException>(() => ModelExport.ToModel(flat)).Message, StringComparison.Ordinal);
        using var other = new AveragedNetwork();
        Assert.Contains(nameof(AveragedNetwork), Assert.Throws<CrossStitchException>(() => ModelExport.ToModel(other)).Message, StringComparison.Ordinal);
        other.UseEngine(EngineKind.Auto);
        Assert.Null(other.Engine);
        Assert.Contains(nameof(AveragedNetwork), Assert.Throws<CrossStitchException>(() => other.UseEngine(EngineKind.Fused)).Message, StringComparison.Ordinal);
        using var huge = TestNetworks.Build("single", new TowerShape([1, 1000, 1000], [new ConvolutionStage("one", 16, 2, Pool: false), new ConvolutionStage("two", 1, 999, Pool: false)]));
        Assert.Contains("activations", Assert.Throws<CrossStitchException>(() => ModelExport.Save(huge, File("huge"))).Message, StringComparison.Ordinal);
        using var failed = TestNetworks.Build("split");
        using (no_grad())
        {
            failed.Heads[1].bias!.fill_(double.NaN);
        }

        Assert.Contains("head 'pose', biases: number 0 is NaN", Assert.Throws<CrossStitchException>(() => ModelExport.Save(failed, File("failed"))).Message, StringComparison.Ordinal);
        using var good = TestNetworks.Build("split");
        Assert.Contains("nowhere", Assert.Throws<CrossStitchException>(() => ModelExport.Save(good, Path.Combine(_folder, "nowhere", "model"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name + ModelFile.Extension);

    /// <summary>A network a few steps away from its first weights, so that towers, stitches and relation differ.</summary>
    private static MultiTaskNetwork Trained(string name, TowerShape shape, CrossStitchOptions stitches)
    {
        var network = TestNetworks.Build(name, shape, stitches: stitches);
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = 8 }, seed: 1);
        trainer.Run(new RandomData(16, side: shape.Input[1]));
        return network;
    }

    private void Check(MultiTaskNetwork network, TowerShape shape, int[] batches)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        ModelExport.Save(network, File("checked"));
        using var runner = new NetworkRunner(ModelFile.Load(File("checked")));
        foreach (var batch in batches)
        {
            var input = randn([batch, shape.Input[0], shape.Input[1], shape.Input[2]], generator: new Generator(7));
            var expected = network.call(input);
            runner.Run(input.data<float>().ToArray(), batch);
            Assert.Equal(network.Tasks.Select(task => task.Name), runner.Model.Heads.Select(head => head.Name));
            for (var h = 0; h < expected.Length; h++)
            {
                var actual = tensor(runner.Output(h).ToArray()).reshape(expected[h].shape);
                var scale = expected[h].abs().max().item<float>();
                Assert.True(expected[h].allclose(actual, rtol: 1e-4, atol: 1e-5 * scale), $"{network.Tasks[h].Name}, batch {batch}: {(expected[h] - actual).abs().max().item<float>()} of {scale}");
            }
        }
    }

    /// <summary>Shares in a way of its own.</summary>
    private sealed class AveragedNetwork : MultiTaskNetwork
    {
        public AveragedNetwork()
            : base("averaged", TestNetworks.SmallShape, [new TaskGroup("one", [new RegressionTask("one", 1)])], seed: 1, relation: null) => RegisterComponents();

        protected override Tensor[] Features(Tensor input) => [input.mean([1, 2, 3])];
    }
}
