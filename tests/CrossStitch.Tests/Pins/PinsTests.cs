using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels;
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
        var losses = TestNetworks.Learn(engine, batch);

        Assert.Equal(pin.Losses, TestNetworks.Numbers(losses), (x, y) => Math.Abs(x - y) <= 1e-4 * Math.Max(1e-3, Math.Abs(x)));
        Assert.Equal(pin.Gradients.Keys.Order(), network.Parameters.Blocks.Select(block => PinnedNetwork.NameOf(network, block)).Order());
        Assert.All(network.Parameters.Blocks, block => AssertSums(pin.Gradients[PinnedNetwork.NameOf(network, block)], engine.Gradients[block.Name].ToArray(), block.Name));
        Assert.All(network.Description.Tasks.Zip(TestNetworks.Predict(engine, batch.Input.ToArray(), 16)), task => AssertSums(pin.Predictions[task.First.Name], task.Second, task.First.Name));
    }

    /// <summary>
    /// Early steps are long and fall on kinks of ReLUs and maxima, so that the last bit of a first weight decides between
    /// trainings that end up to 15 % apart in a block's norm; by kernels and by autograd, they are the same few. So the pins
    /// need not be on the way of the first weights themselves, but among the ways that begin within their last bit.
    /// </summary>
    [Theory, MemberData(nameof(Names))]
    public void Fifty_one_steps_lead_where_they_did(string name)
    {
        var pin = All[name];
        var (lowest, highest) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        string[] outside = [];
        for (var way = 0; way < 16 && (way == 0 || outside.Length > 0); way++)
        {
            foreach (var (block, norm) in NormsAfterTraining(name, way))
            {
                lowest[block] = Math.Min(norm, lowest.GetValueOrDefault(block, norm));
                highest[block] = Math.Max(norm, highest.GetValueOrDefault(block, norm));
            }

            outside = [.. from block in lowest.Keys
                          let fused = Math.Sqrt(pin.Fused[block][1])
                          let tolerance = Math.Max(3 * Math.Abs(fused - Math.Sqrt(pin.Eager[block][1])), 1e-3 * fused)
                          where !(fused >= lowest[block] - tolerance && fused <= highest[block] + tolerance)
                          select $"{block}: {lowest[block]} to {highest[block]} instead of {fused}"];
        }

        Assert.Empty(outside);
    }

    [Theory, MemberData(nameof(Names))]
    public void Exported_files_are_the_same_bytes(string name)
    {
        var model = ModelExport.ToModel(PinnedNetwork.Build(name));

        // Of a model that says neither how pictures are cut nor what units are, version 2 changed its own number alone.
        var file = ModelExport.ToBytes(model);
        Assert.Equal(2, file[8]);
        file[8] = 1;
        SHA256.HashData(file.AsSpan(..^32), file.AsSpan(^32..));
        Assert.Equal(All[name].Xstitch, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(All[name].Onnx, Convert.ToHexStringLower(SHA256.HashData(OnnxExport.ToBytes(model))));
    }

    private static Dictionary<string, double> NormsAfterTraining(string name, int way)
    {
        using var engine = new KernelEngine(PinnedNetwork.Build(name));
        var (parameters, random) = (engine.Network.Parameters, new SeededRandom((ulong)way));
        for (var i = 0; i < parameters.Blocks.Count && way > 0; i++)
        {
            foreach (ref var number in parameters.Numbers(i))
            {
                number *= (float)random.NextBetween(1 - 1e-7, 1 + 1e-7);
            }
        }

        new Trainer(engine, new TrainingOptions { Epochs = 17, BatchSize = 16 }, seed: 5).Run(new PinnedData());
        return parameters.Blocks.ToDictionary(
            block => PinnedNetwork.NameOf(engine.Network, block), block => Math.Sqrt(parameters[block.Name].ToArray().Sum(number => (double)number * number)));
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
