using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests.Export;

public sealed class ModelExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-export-").FullName;

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void A_model_predicts_what_its_network_predicts(string name) =>
        Check(Trained(name, TestNetworks.PaperShape, new CrossStitchOptions()), [1, 3, 128]);

    [Theory, MemberData(nameof(Names))]
    public void So_does_one_of_small_towers_with_a_stitch_a_layer(string name) =>
        Check(Trained(name, TestNetworks.SmallShape, new CrossStitchOptions(PerChannel: false, Same: 0.7, Other: 0.4)), [5]);

    [Fact]
    public void Towers_of_colour_pictures_and_of_numbers_alone_are_exported_too()
    {
        foreach (var shape in new[]
        {
            new TowerShape([3, 9, 14], [new ConvolutionStage("one", 5, 2, Pool: true), new DenseStage("two", 7), new DenseStage("three", 3)]),
            new TowerShape([6, 1, 1], [new DenseStage("one", 9), new DenseStage("two", 4)]),
        })
        {
            Check(TestNetworks.Disturbed(TestNetworks.Build("related-cross-stitch", shape)), [1, 3, 20]);
        }
    }

    [Fact]
    public void A_model_knows_its_tasks_and_what_it_was_told()
    {
        var network = TestNetworks.Build("cross-stitch");
        var model = ModelExport.ToModel(network, new ModelExportOptions
        {
            Input = new InputFormat { Channels = ["gray"], Standardized = true, Crop = new CropFormat("square") },
            Labels = new Dictionary<string, IReadOnlyList<string>> { ["smile"] = ["no", "yes"], ["glasses"] = ["no", "yes"] },
            Units = new Dictionary<string, string> { ["landmarks"] = NetworkHead.BoxUnit },
            Metadata = new Dictionary<string, string> { ["producer"] = "a test" },
        });
        Assert.Equal([("landmarks", HeadKind.Regression, 0, 10), ("pose", HeadKind.Classification, 1, 5), ("smile", HeadKind.Classification, 1, 2)], model.Heads.Select(head => (head.Name, head.Kind, head.Tower, head.Outputs)));
        Assert.Equal([[], [], ["no", "yes"]], model.Heads.Select(head => head.Labels));
        Assert.Equal(["box", null, null], model.Heads.Select(head => head.Unit));
        Assert.Equal(new CropFormat("square"), model.Input.Crop);
        Assert.Equal(("gray", true, "a test"), (model.Input.Channels[0], model.Input.Standardized, model.Metadata["producer"]));
        Assert.Equal(network.Parameters.Count, model.Parameters);
    }

    [Fact]
    public void A_model_carries_the_names_of_its_tasks_outputs_unless_it_was_told_others()
    {
        LearningTask[] tasks =
        [
            new RegressionTask("point", 2) { OutputNames = ["x", "y"] },
            new ClassificationTask("smile", 2) { OutputNames = ["no", "yes"] },
            new ClassificationTask("pose", 3),
        ];
        var network = Network.Create(NetworkDescription.Split(TestNetworks.SmallShape, tasks), seed: 1);
        Assert.Equal([["x", "y"], ["no", "yes"], []], ModelExport.ToModel(network).Heads.Select(head => head.Labels));
        var told = new ModelExportOptions { Labels = new Dictionary<string, IReadOnlyList<string>> { ["smile"] = ["nein", "ja"] } };
        Assert.Equal([["x", "y"], ["nein", "ja"], []], ModelExport.ToModel(network, told).Heads.Select(head => head.Labels));
    }

    [Fact]
    public void A_stitch_of_a_layer_is_one_a_channel_in_the_file()
    {
        var model = ModelExport.ToModel(TestNetworks.Build("cross-stitch", stitches: new CrossStitchOptions(PerChannel: false, Same: 0.75, Other: 0.25)));
        Assert.All(model.Alphas.Zip([8, 8, 32]), pair => Assert.Equal(
            [.. Enumerable.Repeat(0.75f, pair.Second), .. Enumerable.Repeat(0.25f, 2 * pair.Second), .. Enumerable.Repeat(0.75f, pair.Second)],
            pair.First.ToArray()));
    }

    [Fact]
    public void A_model_keeps_its_numbers_when_its_network_goes_on_learning()
    {
        var network = TestNetworks.Build("split");
        var model = ModelExport.ToModel(network);
        var before = model.Heads[0].Weights.ToArray();
        network.Parameters["head.landmarks.weight"].Clear();
        Assert.Equal(before, model.Heads[0].Weights.ToArray());
    }

    [Fact]
    public void What_the_kernels_cannot_run_is_refused()
    {
        var flat = TestNetworks.Build("single", new TowerShape([6], [new DenseStage("one", 4)]));
        Assert.Contains("[6, 1, 1]", Assert.Throws<CrossStitchException>(() => ModelExport.ToModel(flat)).Message, StringComparison.Ordinal);
        var own = Network.Create(NetworkDescription.Single(new TowerShape([1, 4, 4], [new AverageStage()]), new RegressionTask("one", 1)), seed: 1);
        Assert.Contains(nameof(AverageStage), Assert.Throws<CrossStitchException>(() => ModelExport.ToModel(own)).Message, StringComparison.Ordinal);
        var huge = TestNetworks.Build("single", new TowerShape([1, 1000, 1000], [new ConvolutionStage("one", 16, 2, Pool: false), new ConvolutionStage("two", 1, 999, Pool: false)]));
        Assert.Contains("activations", Assert.Throws<CrossStitchException>(() => ModelExport.Save(huge, File("huge"))).Message, StringComparison.Ordinal);
        var failed = TestNetworks.Build("split");
        failed.Parameters["head.pose.bias"].Fill(float.NaN);
        Assert.Contains("head 'pose', biases: number 0 is NaN", Assert.Throws<CrossStitchException>(() => ModelExport.Save(failed, File("failed"))).Message, StringComparison.Ordinal);
        var good = TestNetworks.Build("split");
        Assert.Contains("nowhere", Assert.Throws<CrossStitchException>(() => ModelExport.Save(good, Path.Combine(_folder, "nowhere", "model"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name + ModelFile.Extension);

    /// <summary>A network a few steps away from its first weights, so that towers, stitches and relation differ.</summary>
    private static Network Trained(string name, TowerShape shape, CrossStitchOptions stitches)
    {
        using var engine = new KernelEngine(TestNetworks.Build(name, shape, stitches: stitches));
        new Trainer(engine, new TrainingOptions { Epochs = 1, BatchSize = 8 }, seed: 1).Run(new RandomData(16, side: shape.Input[1]));
        return engine.Network;
    }

    private void Check(Network network, int[] batches)
    {
        ModelExport.Save(network, File("checked"));
        using var runner = new NetworkRunner(ModelFile.Load(File("checked")));
        Assert.Equal(network.Description.Tasks.Select(task => task.Name), runner.Model.Heads.Select(head => head.Name));
        foreach (var batch in batches)
        {
            var input = TestNetworks.Noise(batch * network.Description.Shape.InputLength);
            var expected = TestNetworks.Predict(network, input, batch);
            var output = runner.Run(input, batch);
            for (var h = 0; h < expected.Length; h++)
            {
                var scale = expected[h].Max(Math.Abs);
                Assert.Equal(expected[h], output[h].ToArray(), (x, y) => Math.Abs(x - y) <= 1e-5 * scale);
            }
        }
    }

    /// <summary>A stage of another kind.</summary>
    private sealed record AverageStage() : TowerStage("average")
    {
        public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => [input[0]];

        public override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input) => [];

        public override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random)
        {
        }
    }
}
