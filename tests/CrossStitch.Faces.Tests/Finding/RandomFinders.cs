using CrossStitch.Faces.Finding;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>Finders of random weights: their threshold is 0, so that every place is a face to them.</summary>
internal static class RandomFinders
{
    public const int Window = 30;

    public static NetworkModel Scan(int seed = 1) => Model(new KernelShape(1, Window, Window, [new(8, 3, 3, true), new(8, 3, 3, true), new(16, 3, 3, true), new(16, 2, 2, false)], 1, false), 16, seed);

    public static NetworkModel Check(int seed = 2) => Model(new KernelShape(1, 20, 20, [new(8, 3, 3, true), new(8, 3, 3, true)], 1, false), 8 * 3 * 3, seed);

    private static NetworkModel Model(KernelShape shape, int features, int seed)
    {
        var random = new Random(seed);
        var channels = shape.InputChannels;
        var stages = new List<StageWeights>();
        foreach (var stage in shape.Stages)
        {
            stages.Add(new(Numbers(stage.Channels * channels * stage.KernelHeight * stage.KernelWidth, 0.4f), Numbers(stage.Channels, 0.1f)));
            channels = stage.Channels;
        }

        return new NetworkModel(shape, [stages], [], [Head("face", HeadKind.Classification, 2, 1), Head("box", HeadKind.Regression, 3, 0.05f), Head("landmarks", HeadKind.Regression, 10, 0.05f)])
        {
            Input = new InputFormat { Channels = ["gray"], Scale = 1 / 127.5f, Offset = -1, Crop = new CropFormat("square-detector-box", 0.125f) },
            Metadata = new Dictionary<string, string> { [FaceFinder.ThresholdKey] = "0" },
        };

        NetworkHead Head(string name, HeadKind kind, int outputs, float scale) => new(name, kind, 0, outputs, Numbers(outputs * features, scale), Numbers(outputs, scale));

        ReadOnlyMemory<float> Numbers(int count, float scale) => Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextSingle()) - 1)).ToArray();
    }
}
