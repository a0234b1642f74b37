using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;
using SkiaSharp;

namespace CrossStitch.Cli.Tests;

/// <summary>A finder that sees faces everywhere, a network that reads them at random, and some photos, in a folder.</summary>
public sealed class AnalyzeFiles : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-analyze-").FullName;

    public AnalyzeFiles()
    {
        ModelFile.Save(FinderModel(), Finder);
        ModelFile.Save(ReaderModel(), Model);
        Directory.CreateDirectory(Path("album/in"));
        Directory.CreateDirectory(Path("empty"));
        File.WriteAllText(Path("album/notes.txt"), "no photo");
        Save("a.jpg", 64, 48, SKEncodedImageFormat.Jpeg);
        Save("b.png", 50, 70, SKEncodedImageFormat.Png);
        Save("album/c.jpg", 45, 45, SKEncodedImageFormat.Jpeg);
        Save("album/in/d.PNG", 60, 41, SKEncodedImageFormat.Png);
        File.WriteAllBytes(Path("broken.jpg"), File.ReadAllBytes(Path("a.jpg"))[..300]);
    }

    public string Finder => Path("finder.xstitch");

    public string Model => Path("faces.xstitch");

    public string Path(string name) => System.IO.Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static NetworkModel FinderModel() => new(
        new KernelShape(1, 24, 24, [new(8, 5, 5, true), new(8, 3, 3, true), new(8, 4, 4, false)], Towers: 1, Stitched: false),
        [[new(new float[8 * 25], new float[8]), new(new float[8 * 8 * 9], new float[8]), new(new float[8 * 8 * 16], new float[8])]],
        [],
        [
            new(FaceFinder.FaceHead, HeadKind.Classification, 0, 2, new float[2 * 8], new float[] { 0, 2 }),
            new(FaceFinder.BoxHead, HeadKind.Regression, 0, 3, new float[3 * 8], new float[3]),
            new(FaceFinder.LandmarksHead, HeadKind.Regression, 0, 10, new float[10 * 8], new float[10]),
        ])
    {
        Input = new InputFormat { Channels = ["gray"], Scale = 1 / 255f, Crop = new CropFormat("square-detector-box", 0.1f) },
        Metadata = new Dictionary<string, string> { [FaceFinder.ThresholdKey] = "0.5" },
    };

    private static NetworkModel ReaderModel()
    {
        var random = new Random(1);
        return new NetworkModel(
            new KernelShape(1, 40, 40, [new(8, 5, 5, true), new(8, 18, 18, false)], Towers: 1, Stitched: false),
            [[new(Numbers(8 * 25), Numbers(8)), new(Numbers(8 * 8 * 18 * 18), Numbers(8))]],
            [],
            [
                Head("landmarks", HeadKind.Regression, [.. Enumerable.Repeat("", 10)]) with { Labels = [], Unit = NetworkHead.BoxUnit },
                Head("pose", HeadKind.Classification, "-60°", "-30°", "0°", "30°", "60°"),
                Head("smile", HeadKind.Classification, "no", "yes"),
            ])
        { Input = CropPixels.Format };

        NetworkHead Head(string name, HeadKind kind, params string[] labels) => new(name, kind, 0, labels.Length, Numbers(labels.Length * 8), Numbers(labels.Length)) { Labels = labels };

        ReadOnlyMemory<float> Numbers(int count) => Enumerable.Range(0, count).Select(_ => (0.2f * random.NextSingle()) - 0.1f).ToArray();
    }

    private void Save(string name, int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        for (var i = 0; i < width * height; i++)
        {
            bitmap.SetPixel(i % width, i / width, new SKColor((byte)(i * 7), (byte)(i / 5), (byte)(i % width * 3)));
        }

        File.WriteAllBytes(Path(name), bitmap.Encode(format, 90).ToArray());
    }
}
