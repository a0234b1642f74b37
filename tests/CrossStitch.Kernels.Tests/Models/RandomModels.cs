using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>Models with random weights, and the reference that has the same.</summary>
internal static class RandomModels
{
    public static readonly KernelShape Paper = new(
        1, 40, 40,
        [new(16, 5, 5, true), new(48, 3, 3, true), new(64, 3, 3, true), new(64, 2, 2, false), new(100, 2, 2, false)],
        Towers: 2, Stitched: true);

    public static readonly KernelShape Small = new(2, 9, 8, [new(8, 3, 2, true), new(3, 2, 2, false)], Towers: 3, Stitched: true);

    public static NetworkModel Draw(KernelShape shape, int seed) => Draw(shape, seed, out _);

    public static NetworkModel Draw(KernelShape shape, int seed, out Reference reference)
    {
        var random = new Random(seed);
        var drawn = new Reference(shape, random);
        reference = drawn;
        return new NetworkModel(
            shape,
            [.. drawn.Weights.Zip(drawn.Biases, (weights, biases) => weights.Zip(biases, (w, b) => new StageWeights(Floats(w), Floats(b))).ToArray())],
            shape.Stitched ? [.. drawn.Alphas.Select(Floats)] : [],
            [Head("where", HeadKind.Regression, tower: 0, outputs: 10) with { Unit = "box" }, Head("what", HeadKind.Classification, shape.Towers - 1, outputs: 3) with { Labels = ["a", "b", "–c\"\n"] }])
        {
            Input = new InputFormat { Channels = [.. Enumerable.Range(0, shape.InputChannels).Select(c => $"channel {c}")], Scale = 1 / 3f, Standardized = true, MinimumDeviation = 0.1f, Crop = new CropFormat("square-detector-box", 0.1f, Resampling.Bilinear, EdgeHandling.Lowest) },
            Metadata = new Dictionary<string, string> { ["producer"] = "a test", ["Gerät"] = "größer als 1 µm", [""] = "" },
        };

        NetworkHead Head(string name, HeadKind kind, int tower, int outputs) =>
            new(name, kind, tower, outputs, Numbers(outputs * drawn.Features), Numbers(outputs));

        ReadOnlyMemory<float> Numbers(int count) => Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
    }

    public static byte[] Bytes(NetworkModel model)
    {
        using var stream = new MemoryStream();
        ModelFile.Save(model, stream);
        return stream.ToArray();
    }

    public static NetworkModel Load(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ModelFile.Load(stream);
    }

    private static ReadOnlyMemory<float> Floats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
