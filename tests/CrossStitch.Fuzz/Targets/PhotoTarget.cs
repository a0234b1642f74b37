using System.Buffers.Binary;
using CrossStitch.Faces;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;
using SkiaSharp;

namespace CrossStitch.Fuzz.Targets;

/// <summary>
/// Photos as files, turned by their EXIF, and as pixels of any size, stride and format; faces are looked for in those that are
/// accepted, and what is found is read and drawn.
/// </summary>
internal sealed class PhotoTarget : FuzzTarget
{
    private const string Pixels = "pixels";
    private const int Head = 13;
    private const int MostPixels = 4_000_000;

    private readonly FaceFinder _finder = FaceFinder.LoadDefault();
    private readonly FaceReader _reader;

    /// <summary>Makes a reader of small weights.</summary>
    public PhotoTarget() => _reader = new FaceReader(_finder, Model(), secondLook: Model() with { Input = CropPixels.AlignedFormat(FaceLandmarks.FromNumbers([0.3f, 0.7f, 0.5f, 0.35f, 0.65f, 0.3f, 0.3f, 0.5f, 0.7f, 0.7f])) });

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Documented { get; } = [typeof(FaceDataException), typeof(ArgumentException)];

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            yield return new FuzzInput("file", InputForm.Bytes, SamplePictures.Of(format));
        }

        var jpeg = SamplePictures.Of(SKEncodedImageFormat.Jpeg);
        yield return new FuzzInput("file", InputForm.Bytes, [.. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, .. jpeg[2..]]);
        foreach (var other in SamplePictures.Others)
        {
            yield return new FuzzInput("file", InputForm.Bytes, other);
        }

        foreach (var (width, height, stride) in new[] { (16, 12, 0), (30, 20, 130), (1, 1, int.MaxValue) })
        {
            foreach (var format in Enum.GetValues<PixelFormat>())
            {
                var bytes = new byte[Head + (20 * 130)];
                bytes[0] = (byte)format;
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), width);
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(5), height);
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), stride);
                yield return new FuzzInput(Pixels, InputForm.Bytes, bytes);
            }
        }
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        if (input.Name != Pixels)
        {
            var photo = Photo.Load(input.Bytes, new PhotoOptions { MostPixels = MostPixels });
            FaceOverlay.Encode(photo, Read(photo.Pixels), OverlayFormat.Jpeg);
        }
        else if (input.Bytes.Length >= Head)
        {
            var head = input.Bytes.AsSpan();
            Read(new PhotoPixels(
                head[Head..],
                BinaryPrimitives.ReadInt32LittleEndian(head[1..]),
                BinaryPrimitives.ReadInt32LittleEndian(head[5..]),
                (PixelFormat)head[0],
                BinaryPrimitives.ReadInt32LittleEndian(head[9..])));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        _finder.Dispose();
        base.Dispose();
    }

    private IReadOnlyList<Face> Read(PhotoPixels photo)
    {
        var faces = _reader.Read(photo, new ReaderOptions { Finder = new FinderOptions { MinimumScore = 0.01f, MostFaces = 20 } });
        RequireFinite(faces);
        var boxes = new[] { new FaceBox(photo.Width / 2f, photo.Height / 2f, Math.Max(photo.Width, photo.Height), BoxSource.Detector) };
        RequireFinite(_reader.ReadAt(photo, boxes));
        return faces;
    }

    private static void RequireFinite(IReadOnlyList<Face> faces)
    {
        var numbers = new float[FaceLandmarks.Numbers];
        foreach (var face in faces)
        {
            face.Landmarks.CopyTo(numbers);
            BrokenPromiseException.Unless(
                float.IsFinite(face.Box.Left + face.Box.Top + face.Box.Side + face.Score) && numbers.All(float.IsFinite) && face.Smile!.Probabilities.All(float.IsFinite),
                "a face has a number that is not finite");
        }
    }

    private static NetworkModel Model() => new(
        new KernelShape(1, 40, 40, [new(8, 5, 5, true)], Towers: 1, Stitched: false),
        [[new(Numbers(8 * 25), Numbers(8))]],
        [],
        [
            new("landmarks", HeadKind.Regression, 0, FaceLandmarks.Numbers, Numbers(FaceLandmarks.Numbers * 8 * 18 * 18), Numbers(FaceLandmarks.Numbers)) { Unit = NetworkHead.BoxUnit },
            new("smile", HeadKind.Classification, 0, 2, Numbers(2 * 8 * 18 * 18), Numbers(2)) { Labels = ["no", "yes"] },
        ])
    { Input = CropPixels.Format };

    private static ReadOnlyMemory<float> Numbers(int count) => Enumerable.Range(0, count).Select(i => 0.1f * MathF.Sin(i)).ToArray();
}
