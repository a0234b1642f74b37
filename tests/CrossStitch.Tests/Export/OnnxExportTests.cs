using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Export;

public sealed class OnnxExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-onnx-").FullName;

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void ONNX_Runtime_says_what_the_network_says(string name)
    {
        using var network = Disturbed(TestNetworks.Build(name, TowerShape.Mtfl40));
        Check(network, [1, 7]);
    }

    [Fact]
    public void So_it_does_of_three_towers_with_a_stitch_a_layer()
    {
        TaskGroup[] groups = [.. new[] { "a", "b", "c" }.Select(task => new TaskGroup(task, [new RegressionTask(task, 2)]))];
        using var network = Disturbed(new CrossStitchNetwork(TestNetworks.SmallShape, groups, new CrossStitchOptions(PerChannel: false), seed: 1));
        Check(network, [3]);
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
            using var network = Disturbed(TestNetworks.Build("cross-stitch", shape));
            Check(network, [5]);
        }
    }

    [Fact]
    public void The_model_knows_its_labels_its_input_and_what_it_was_told()
    {
        using var network = TestNetworks.Build("cross-stitch");
        OnnxExport.Save(network, File("told"), new ModelExportOptions
        {
            Input = new InputFormat { Channels = ["gray"], Standardized = true },
            Labels = new Dictionary<string, IReadOnlyList<string>> { ["smile"] = ["no", "yes"] },
            Metadata = new Dictionary<string, string> { ["producer"] = "a test" },
        });
        using var session = new InferenceSession(File("told"));
        var told = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(("CrossStitch", "a test", """["no","yes"]"""), (session.ModelMetadata.ProducerName, told["producer"], told["crossstitch.labels.smile"]));
        Assert.Contains("\"Channels\":[\"gray\"]", told["crossstitch.input"], StringComparison.Ordinal);
        Assert.Equal([-1, 1, 12, 12], session.InputMetadata[OnnxExport.Input].Dimensions);
        Assert.Equal(["landmarks", "pose", "smile"], session.OutputNames);
        Assert.Equal([-1, 5], session.OutputMetadata["pose"].Dimensions);
    }

    [Fact]
    public void What_no_model_can_say_is_refused()
    {
        using var taken = new SingleTaskNetwork(TestNetworks.SmallShape, new RegressionTask(OnnxExport.Input, 1), seed: 1);
        Assert.Contains("'input'", Assert.Throws<CrossStitchException>(() => OnnxExport.Save(taken, File("taken"))).Message, StringComparison.Ordinal);
        using var failed = TestNetworks.Build("split");
        using (no_grad())
        {
            failed.Heads[1].bias!.fill_(double.NaN);
        }

        Assert.Contains("head 'pose', biases: number 0 is NaN", Assert.Throws<CrossStitchException>(() => OnnxExport.Save(failed, File("failed"))).Message, StringComparison.Ordinal);
        using var good = TestNetworks.Build("split");
        Assert.Contains("nowhere", Assert.Throws<CrossStitchException>(() => OnnxExport.Save(good, Path.Combine(_folder, "nowhere", "model"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name + ".onnx");

    /// <summary>The network with noise on every parameter: first biases are zeros and first stitches all alike, and a mistake with them would not show.</summary>
    private static MultiTaskNetwork Disturbed(MultiTaskNetwork network)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var generator = new Generator(5);
        foreach (var parameter in network.parameters())
        {
            parameter.add_(randn(parameter.shape, generator: generator), alpha: 0.02);
        }

        return network;
    }

    private void Check(MultiTaskNetwork network, int[] batches)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        OnnxExport.Save(network, File("checked"));
        using var session = new InferenceSession(File("checked"));
        using var options = new RunOptions();
        foreach (var batch in batches)
        {
            long[] shape = [batch, .. network.Towers[0].Shape.Input.Select(side => (long)side)];
            var pictures = randn(shape, generator: new Generator(7));
            var expected = network.call(pictures);
            using var input = OrtValue.CreateTensorValueFromMemory(pictures.data<float>().ToArray(), shape);
            using var outputs = session.Run(options, [OnnxExport.Input], [input], [.. network.Tasks.Select(task => task.Name)]);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i].shape, outputs[i].GetTensorTypeAndShape().Shape);
                Assert.All(expected[i].data<float>().ToArray().Zip(outputs[i].GetTensorDataAsSpan<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            }
        }
    }
}
