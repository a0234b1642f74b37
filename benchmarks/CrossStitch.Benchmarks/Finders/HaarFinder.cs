using System.Runtime.InteropServices;
using CrossStitch.Faces;
using CrossStitch.Faces.Finding;
using OpenCvSharp;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>
/// OpenCV's cascade of Haar features, through OpenCvSharp. It gives no score: what stands for one is how many windows
/// around a face agree, which is also what its own setting, the least number of neighbours, cuts.
/// </summary>
internal sealed class HaarFinder : IFaceFinder, IDisposable
{
    private const double Step = 1.1;

    /// <summary>OpenCV's own measure of windows that agree.</summary>
    private const double Similar = 0.2;

    /// <summary>Windows that count as half sure.</summary>
    private const float Half = 10;

    private readonly CascadeClassifier _cascade;
    private readonly bool _equalize;

    /// <summary>Reads a cascade.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="equalize">Whether gray levels are spread evenly first, as OpenCV's examples do.</param>
    /// <exception cref="CrossStitchException">It is none.</exception>
    public HaarFinder(string path, bool equalize)
    {
        Cv2.SetNumThreads(1);
        (_cascade, _equalize) = (new CascadeClassifier(path), equalize);
        if (_cascade.Empty())
        {
            throw new CrossStitchException($"{path} is no cascade.");
        }
    }

    /// <summary>The version of the library.</summary>
    public static string Version => Cv2.GetVersionString() ?? "";

    /// <summary>The score of a number of neighbours.</summary>
    /// <param name="neighbors">Windows that agree.</param>
    public static float Score(int neighbors) => neighbors / (neighbors + Half);

    /// <inheritdoc/>
    public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new FinderOptions();
        using var gray = new Mat();
        using (var colors = Copy(photo))
        {
            Cv2.CvtColor(colors, gray, ColorConversionCodes.RGBA2GRAY);
        }

        if (_equalize)
        {
            Cv2.EqualizeHist(gray, gray);
        }

        var least = (int)(0.85f * options.SmallestFace);
        var boxes = _cascade.DetectMultiScale(gray, Step, minNeighbors: 0, minSize: new Size(least, least)).ToList();
        Cv2.GroupRectangles(boxes, out int[] neighbors, groupThreshold: 1, Similar);
        return
        [
            .. boxes.Zip(neighbors, (box, count) => new FoundFace(new FaceBox(box.X + (box.Width / 2f), box.Y + (box.Height / 2f), box.Width, BoxSource.Detector), Score(count)))
                .Where(face => face.Score >= (options.MinimumScore ?? 0))
                .OrderByDescending(face => face.Score),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _cascade.Dispose();

    private static Mat Copy(PhotoPixels photo)
    {
        if (photo.Format != PixelFormat.Rgba)
        {
            throw new ArgumentException($"{photo.Format} pixels: only RGBA ones are compared.", nameof(photo));
        }

        var mat = new Mat(photo.Height, photo.Width, MatType.CV_8UC4);
        var bytes = MemoryMarshal.AsBytes(mat.AsSpan<Vec4b>());
        for (var y = 0; y < photo.Height; y++)
        {
            photo.Row(y).CopyTo(bytes[(y * photo.Width * 4)..]);
        }

        return mat;
    }
}
