using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using Microsoft.ML.OnnxRuntime;

namespace CrossStitch.Tests.Export;

public sealed class OnnxExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-onnx-").FullName;

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void ONNX_Runtime_predicts_what_the_network_predicts(string name)
    {
        Check(TestNetworks.Disturbed(TestNetworks.Build(name, TestNetworks.PaperShape)), [1, 7]);
    }

    [Fact]
    public void So_it_does_of_three_towers_with_a_stitch_a_layer()
    {
        TaskGroup[] groups = [.. new[] { "a", "b", "c" }.Select(task => new TaskGroup(task, [new RegressionTask(task, 2)]))];
        Check(TestNetworks.Disturbed(Network.Create(NetworkDescription.CrossStitch(TestNetworks.SmallShape, groups, new CrossStitchOptions(PerChannel: false)), seed: 1)), [3]);
    }

    [Fact]
    public void So_it_does_of_towers_that_end_in_pictures_and_of_numbers_alone()
    {
        foreach (var shape in new[]
        {
            new TowerShape([3, 9, 14], [new ConvolutionStage("one", 5, 2, Pool: true)]),
            new TowerShape([6, 1, 1], [new DenseStage("one", 9), new DenseStage("two", 4)]),
        })
        {
            Check(TestNetworks.Disturbed(TestNetworks.Build("cross-stitch", shape)), [5]);
        }
    }

    [Fact]
    public void The_model_knows_its_labels_its_input_and_what_it_was_told()
    {
        var network = TestNetworks.Build("cross-stitch");
        OnnxExport.Save(network, File("told"), new ModelExportOptions
        {
            Input = new InputFormat { Channels = ["gray"], Standardized = true, Crop = new CropFormat("square", 0.25f, Resampling.Nearest) },
            Labels = new Dictionary<string, IReadOnlyList<string>> { ["smile"] = ["no", "yes"] },
            Units = new Dictionary<string, string> { ["landmarks"] = NetworkHead.BoxUnit },
            Metadata = new Dictionary<string, string> { ["producer"] = "a test" },
        });
        using var session = new InferenceSession(File("told"));
        var told = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(("CrossStitch", "a test", """["no","yes"]"""), (session.ModelMetadata.ProducerName, told["producer"], told["crossstitch.labels.smile"]));
        Assert.Contains("\"Channels\":[\"gray\"]", told["crossstitch.input"], StringComparison.Ordinal);
        Assert.Contains("""
            "Crop":{"Region":"square","Margin":0.25,"Resampling":"nearest","Edges":"replicate"}
            """, told["crossstitch.input"], StringComparison.Ordinal);
        Assert.Equal("box", told["crossstitch.unit.landmarks"]);
        Assert.DoesNotContain("crossstitch.unit.pose", told.Keys);
        Assert.Equal([-1, 1, 12, 12], session.InputMetadata[OnnxExport.Input].Dimensions);
        Assert.Equal(["landmarks", "pose", "smile"], session.OutputNames);
        Assert.Equal([-1, 5], session.OutputMetadata["pose"].Dimensions);
    }

    [Fact]
    public void What_no_model_can_say_is_refused()
    {
        var taken = Network.Create(NetworkDescription.Single(TestNetworks.SmallShape, new RegressionTask(OnnxExport.Input, 1)), seed: 1);
        Assert.Contains("'input'", Assert.Throws<CrossStitchException>(() => OnnxExport.Save(taken, File("taken"))).Message, StringComparison.Ordinal);
        var failed = TestNetworks.Build("split");
        failed.Parameters["head.pose.bias"].Fill(float.NaN);
        Assert.Contains("head 'pose', biases: number 0 is NaN", Assert.Throws<CrossStitchException>(() => OnnxExport.Save(failed, File("failed"))).Message, StringComparison.Ordinal);
        var good = TestNetworks.Build("split");
        Assert.Contains("nowhere", Assert.Throws<CrossStitchException>(() => OnnxExport.Save(good, Path.Combine(_folder, "nowhere", "model"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name + ".onnx");

    private void Check(Network network, int[] batches)
    {
        OnnxExport.Save(network, File("checked"));
        using var session = new InferenceSession(File("checked"));
        using var options = new RunOptions();
        var (shape, tasks) = (network.Description.Shape, network.Description.Tasks);
        foreach (var batch in batches)
        {
            var pictures = TestNetworks.Noise(batch * shape.InputLength);
            var expected = TestNetworks.Predict(network, pictures, batch);
            using var input = OrtValue.CreateTensorValueFromMemory(pictures, [batch, .. shape.Input.Select(side => (long)side)]);
            using var outputs = session.Run(options, [OnnxExport.Input], [input], [.. tasks.Select(task => task.Name)]);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal([batch, tasks[i].Outputs], outputs[i].GetTensorTypeAndShape().Shape);
                Assert.Equal(expected[i], outputs[i].GetTensorDataAsSpan<float>().ToArray(), (x, y) => Math.Abs(x - y) < 1e-5f);
            }
        }
    }
}
