using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Tests.Reading;

/// <summary>Models of random weights that read faces, photos of noise, and finders that know beforehand.</summary>
internal static class RandomReaders
{
    private const int Features = 8 * 8 * 8;

    private static readonly KernelShape Shape = new(1, 40, 40, [new(8, 5, 5, true), new(8, 3, 3, true)], Towers: 1, Stitched: false);

    public static NetworkModel Model(int seed, float scale = 0.1f)
    {
        var random = new Random(seed);
        return new NetworkModel(
            Shape,
            [[new(Numbers(8 * 25), Numbers(8)), new(Numbers(8 * 8 * 9), Numbers(8))]],
            [],
            [
                new("landmarks", HeadKind.Regression, 0, 10, Numbers(10 * Features), Numbers(10)) { Unit = NetworkHead.BoxUnit },
                Attribute("pose", "-60°", "-30°", "0°", "30°", "60°"),
                Attribute("gender", "male", "female"),
                Attribute("glasses", "no", "yes"),
                Attribute("smile", "no", "yes"),
            ])
        {
            Input = CropPixels.Format,
        };

        NetworkHead Attribute(string name, params string[] labels) =>
            new(name, HeadKind.Classification, 0, labels.Length, Numbers(labels.Length * Features), Numbers(labels.Length)) { Labels = labels };

        ReadOnlyMemory<float> Numbers(int count) => Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextSingle()) - 1)).ToArray();
    }

    /// <summary>Blots of many sizes.</summary>
    public static byte[] Bytes(int count, int seed)
    {
        var (random, bytes) = (new Random(seed), new byte[count]);
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)(random.Next(100) + (100 * Math.Sin(i / 17.0)) + 100);
        }

        return bytes;
    }

    public static FaceBox[] Boxes(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new FaceBox(160 * random.NextSingle(), 120 * random.NextSingle(), 10 + (90 * random.NextSingle()), BoxSource.Detector))];
    }

    /// <summary>A finder that gives the same boxes for any photo.</summary>
    public sealed class FixedFinder(params FaceBox[] boxes) : IFaceFinder
    {
        public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            return [.. boxes.Select((box, i) => new FoundFace(box, 1f / (1 + i)))];
        }
    }
}
