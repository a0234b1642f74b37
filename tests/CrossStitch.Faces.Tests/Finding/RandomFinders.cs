using CrossStitch.Faces.Finding;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>Finders of random weights: their threshold is 0, so that every place is a face to them.</summary>
internal static class RandomFinders
{
    private const int Features = 16;

    private static readonly KernelShape Shape = new(1, 30, 30, [new(8, 3, 3, true), new(8, 3, 3, true), new(16, 3, 3, true), new(Features, 2, 2, false)], 1, false);

    public static NetworkModel Model(bool looksTwice, int seed = 1)
    {
        var random = new Random(seed);
        var channels = Shape.InputChannels;
        var stages = new List<StageWeights>();
        foreach (var stage in Shape.Stages)
        {
            stages.Add(new(Numbers(stage.Channels * channels * stage.KernelHeight * stage.KernelWidth, 0.4f), Numbers(stage.Channels, 0.1f)));
            channels = stage.Channels;
        }

        return new NetworkModel(Shape, [stages], [], [Head("face", HeadKind.Classification, 2, 1), Head("box", HeadKind.Regression, 3, 0.05f), Head("landmarks", HeadKind.Regression, 10, 0.05f)])
        {
            Input = new InputFormat { Channels = ["gray"], Scale = 1 / 127.5f, Offset = -1, Crop = new CropFormat("square-detector-box", 0.125f) },
            Metadata = looksTwice
                ? new Dictionary<string, string> { [FaceFinder.ThresholdKey] = "0", [FaceFinder.FirstThresholdKey] = "0" }
                : new Dictionary<string, string> { [FaceFinder.ThresholdKey] = "0" },
        };

        NetworkHead Head(string name, HeadKind kind, int outputs, float scale) => new(name, kind, 0, outputs, Numbers(outputs * Features, scale), Numbers(outputs, scale));

        ReadOnlyMemory<float> Numbers(int count, float scale) => Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextSingle()) - 1)).ToArray();
    }
}
