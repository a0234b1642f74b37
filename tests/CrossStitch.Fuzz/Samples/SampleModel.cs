using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Fuzz.Samples;

/// <summary>Small models with random weights.</summary>
internal static class SampleModel
{
    /// <summary>A stitched model of two towers, or a plain one.</summary>
    /// <param name="stitched">Which.</param>
    public static NetworkModel Of(bool stitched)
    {
        var random = new SeededRandom(5);
        var shape = stitched
            ? new KernelShape(2, 9, 8, [new(8, 3, 2, true), new(3, 2, 2, false)], Towers: 2, Stitched: true)
            : new KernelShape(1, 6, 6, [new(3, 3, 3, true)], Towers: 1, Stitched: false);
        return WithWeights(
            new NetworkModel(shape, [], [], [new("where", HeadKind.Regression, 0, 2, default, default) { Unit = "box", Labels = ["x", "y"] }, new("what", HeadKind.Classification, shape.Towers - 1, 3, default, default) { Labels = ["a", "b", "c"] }])
            {
                Input = new InputFormat { Channels = [.. Enumerable.Range(0, shape.InputChannels).Select(c => $"channel {c}")], Scale = 1 / 3f, Standardized = true, MinimumDeviation = 0.1f, Crop = new CropFormat("square-detector-box", 0.1f, Resampling.Bilinear, EdgeHandling.Lowest) },
                Metadata = new Dictionary<string, string> { ["producer"] = "fuzz" },
            },
            _ => (float)random.NextBetween(-1, 1));
    }

    /// <summary>A model's bytes.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Bytes(NetworkModel model)
    {
        using var stream = new MemoryStream();
        ModelFile.Save(model, stream);
        return stream.ToArray();
    }

    /// <summary>Gives a model that has none the weights that its shape asks for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="number">Makes a weight.</param>
    /// <exception cref="FormatException">The shape is none that can be run.</exception>
    public static NetworkModel WithWeights(NetworkModel model, Func<int, float> number) =>
        ModelLayout.Fill(model, [.. new ModelLayout(model).Arrays.Select(array => (ReadOnlyMemory<float>)Enumerable.Range(0, array.Length).Select(number).ToArray())]);
}
