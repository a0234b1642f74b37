using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Training;

namespace CrossStitch.Tests.Pins;

/// <summary>
/// What version 0.1.0 computed, whose towers were TorchSharp modules, holds still: from the same first weights and examples
/// the same losses, gradients, predictions, weights after 51 steps, and exported files. Arrays are recorded as their sum,
/// their sum of squares, their first and their last number.
/// </summary>
public sealed class PinsTests
{
    private static readonly Dictionary<string, Pin> All = JsonSerializer.Deserialize<Dictionary<string, Pin>>(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "pins-0.1.0.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void A_step_computes_what_it_did(string name)
    {
        var (pin, network) = (All[name], PinnedNetwork.Build(name));
        using var engine = new KernelEngine(network);
        var batch = new Batch(network.Description, 16) { Count = 16 };
        new PinnedData().Fill(batch, [.. Enumerable.Range(0, 16)], augmentationSeed: null);
        var losses = new double[network.Description.Tasks.Count + 2];
        engine.Learn(batch, losses);

        Assert.Equal(pin.Losses, losses, (x, y) => Math.Abs(x - y) <= 1e-4 * Math.Max(1e-3, Math.Abs(x)));
        Assert.Equal(pin.Gradients.Keys.Order(), network.Parameters.Blocks.Select(block => PinnedNetwork.NameOf(network, block)).Order());
        Assert.All(network.Parameters.Blocks, block => AssertSums(pin.Gradients[PinnedNetwork.NameOf(network, block)], engine.Gradients[block.Name].ToArray(), block.Name));
        Assert.All(network.Description.Tasks.Zip(TestNetworks.Predict(engine, batch.Input.ToArray(), 16)), task => AssertSums(pin.Predictions[task.First.Name], task.Second, task.First.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void Fifty_one_steps_lead_where_they_did(string name)
    {
        var pin = All[name];
        using var engine = new KernelEngine(PinnedNetwork.Build(name));
        new Trainer(engine, new TrainingOptions { Epochs = 17, BatchSize = 16 }, seed: 5).Run(new PinnedData());
        Assert.All(engine.Network.Parameters.Blocks, block =>
        {
            var key = PinnedNetwork.NameOf(engine.Network, block);
            var (fused, eager) = (Math.Sqrt(pin.Fused[key][1]), Math.Sqrt(pin.Eager[key][1]));
            var norm = Math.Sqrt(engine.Network.Parameters[block.Name].ToArray().Sum(number => (double)number * number));
            Assert.True(Math.Abs(norm - fused) <= Math.Max(3 * Math.Abs(fused - eager), 1e-3 * fused), $"{block.Name}: {norm} instead of {fused} (by autograd {eager})");
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void Exported_files_are_the_same_bytes(string name)
    {
        var model = ModelExport.ToModel(PinnedNetwork.Build(name));
        Assert.Equal(All[name].Xstitch, Convert.ToHexStringLower(SHA256.HashData(ModelExport.ToBytes(model))));
        Assert.Equal(All[name].Onnx, Convert.ToHexStringLower(SHA256.HashData(OnnxExport.ToBytes(model))));
    }

    private static void AssertSums(double[] expected, float[] actual, string name)
    {
        // A sum of numbers of both signs is as exact as the numbers are large; so is a single one.
        var norm = Math.Sqrt(expected[1]);
        var (sum, squares) = (actual.Sum(number => (double)number), actual.Sum(number => (double)number * number));
        Near(expected[0], sum, norm * Math.Sqrt(actual.Length), "sum");
        Near(expected[1], squares, expected[1], "squares");
        Near(expected[2], actual[0], norm / Math.Sqrt(actual.Length), "first");
        Near(expected[3], actual[^1], norm / Math.Sqrt(actual.Length), "last");

        void Near(double was, double isNow, double size, string what) =>
            Assert.True(Math.Abs(was - isNow) <= 1e-4 * Math.Max(size, Math.Abs(was)) + 1e-9, $"{name}, {what}: {isNow} instead of {was}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private sealed record Pin(
        double[] Losses,
        Dictionary<string, double[]> Gradients,
        Dictionary<string, double[]> Predictions,
        Dictionary<string, double[]> Fused,
        Dictionary<string, double[]> Eager,
        string Xstitch,
        string Onnx);
}
