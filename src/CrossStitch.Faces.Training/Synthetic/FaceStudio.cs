using System.Globalization;
using System.Numerics;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Kernels;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Takes pictures of drawn heads: chooses attributes, places the camera, paints the scene and spoils it.</summary>
internal static class FaceStudio
{
    /// <summary>Pixels across a picture.</summary>
    public const int Size = 144;

    // Side of the box in head units and its centre in the head: on average, a detector's boxes on MTFL sit so.
    private const float BoxSide = 1.97f;
    private static readonly Vector3 BoxCenter = new(0, 0.2f, 0.45f);

    private static readonly SKImageInfo Canvas = new(Size, Size, SKColorType.Rgba8888, SKAlphaType.Premul);

    /// <summary>Takes one picture, which depends on nothing but its seed and number.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="index">The number.</param>
    public static DrawnFace Shoot(long seed, int index)
    {
        // A stream for each concern: what one of them draws does not disturb the others.
        SeededRandom Stream(ulong concern) => new((ulong)seed, (ulong)index, concern);
        var attributes = DrawAttributes(Stream(0));
        var sketch = FaceSketcher.Draw(attributes, Stream(1));
        var (camera, box) = PlaceCamera(FaceAttribute.Pose.Classes[attributes[FaceAttribute.Pose]], Stream(2));
        var light = DrawLight(Stream(3));

        using var surface = SKSurface.Create(Canvas);
        var head = new HeadCanvas(surface.Canvas, sketch, camera, light);
        var scene = Stream(4);
        ScenePainter.PaintBackground(surface.Canvas, Size, scene);
        ScenePainter.PaintShoulders(head, scene);
        FaceRenderer.Paint(head, scene);
        ScenePainter.PaintOcclusion(head, scene);
        PictureDegradation.CastShadow(surface.Canvas, Size, scene);

        var path = string.Create(CultureInfo.InvariantCulture, $"drawn/{index:000000}.jpg");
        var jpeg = Develop(surface, Stream(5));
        return new DrawnFace(jpeg, new AnnotatedFace(path, FaceRenderer.Locate(sketch, camera), attributes), box);
    }

    /// <summary>Paints a head alone on gray, sharp and evenly lit: what the tests look at.</summary>
    /// <param name="sketch">The head.</param>
    /// <param name="camera">Who looks.</param>
    public static SKBitmap Portray(FaceSketch sketch, HeadCamera camera)
    {
        var bitmap = new SKBitmap(Canvas);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Gray);
        var light = new HeadLight(Vector3.UnitZ, Ambient: 0.6f, Strength: 0.4f, Shine: 0);
        FaceRenderer.Paint(new HeadCanvas(canvas, sketch, camera, light), new SeededRandom(0));
        return bitmap;
    }

    private static FaceAttributes DrawAttributes(SeededRandom random)
    {
        var pose = random.NextDouble() switch
        {
            < 0.09 => "-60°",
            < 0.25 => "-30°",
            < 0.75 => "0°",
            < 0.91 => "30°",
            _ => "60°",
        };
        return FaceAttributes.Of(
            (FaceAttribute.Pose, pose),
            (FaceAttribute.Gender, random.NextBool() ? "male" : "female"),
            (FaceAttribute.Glasses, random.NextBool(0.25) ? "yes" : "no"),
            (FaceAttribute.Smile, random.NextBool() ? "yes" : "no"));
    }

    private static (HeadCamera Camera, FaceBox Box) PlaceCamera(string pose, SeededRandom random)
    {
        var yaw = pose switch
        {
            "0°" => Math.Clamp(6 * random.NextGaussian(), -14, 14),
            "-30°" or "30°" => random.NextBetween(17, 42),
            _ => random.NextBetween(46, 66),
        };
        yaw *= pose.StartsWith('-') ? -1 : 1;
        var pitch = (float)Math.Clamp(8 * random.NextGaussian(), -22, 22);
        var roll = (float)Math.Clamp(7 * random.NextGaussian(), -25, 25);
        var distance = (float)random.NextBetween(4, 12);

        // The box is kept near the middle of the picture, so that a margin around it stays inside.
        var scale = (float)random.NextBetween(33, 46);
        var wanted = new Vector2(Size / 2f) + (4 * Jitter(random));
        var trial = new HeadCamera((float)yaw, pitch, roll, Vector2.Zero, scale, distance);
        var at = trial.Project(BoxCenter);
        var camera = new HeadCamera((float)yaw, pitch, roll, wanted - new Vector2(at.X, at.Y), scale, distance);

        var side = BoxSide * scale * distance / (distance - BoxCenter.Z);
        var center = wanted + (0.03f * side * Jitter(random));
        return (camera, new FaceBox(center.X, center.Y, side * (float)(1 + (0.05 * random.NextGaussian())), BoxSource.Drawn));
    }

    private static Vector2 Jitter(SeededRandom random) => new((float)random.NextGaussian(), (float)random.NextGaussian());

    private static HeadLight DrawLight(SeededRandom random)
    {
        var direction = new Vector3(
            (float)random.NextBetween(-1, 1), (float)random.NextBetween(-1, 0.25), (float)random.NextBetween(0.3, 1.2));
        var ambient = (float)random.NextBetween(0.25, 0.7);
        return new HeadLight(
            Vector3.Normalize(direction), ambient, 1.05f - ambient, random.NextBool(0.5) ? (float)random.NextBetween(0, 0.3) : 0);
    }

    /// <summary>Blurs, exposes and compresses a painted picture.</summary>
    private static byte[] Develop(SKSurface surface, SeededRandom random)
    {
        using var painting = surface.Snapshot();
        using var bitmap = new SKBitmap(Canvas);
        using (var canvas = new SKCanvas(bitmap))
        {
            var blur = PictureDegradation.DrawBlur(random);
            using var filter = blur > 0 ? SKImageFilter.CreateBlur(blur, blur, SKShaderTileMode.Clamp) : null;
            using var paint = new SKPaint { ImageFilter = filter };
            canvas.DrawImage(painting, 0, 0, paint);
        }

        PictureDegradation.Expose(bitmap.GetPixelSpan(), random);
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, random.Next(25, 95));
        return jpeg.ToArray();
    }
}
