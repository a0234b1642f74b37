using System.Globalization;
using CrossStitch.Faces.Reading;
using SkiaSharp;

namespace CrossStitch.Faces.Skia;

/// <summary>Draws what was read of a photo's faces on it: boxes, the five points, and a short label each.</summary>
public static class FaceOverlay
{
    private const int JpegQuality = 92;

    /// <summary>A photo and its faces as a picture file. The photo stays as it is.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="faces">Its faces.</param>
    /// <param name="format">Of the file.</param>
    /// <exception cref="FaceDataException">There is not enough memory for the picture.</exception>
    public static byte[] Encode(Photo photo, IReadOnlyList<Face> faces, OverlayFormat format)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(faces);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(photo.Width, photo.Height, SKColorType.Rgba8888, SKAlphaType.Opaque)))
        {
            throw new FaceDataException($"There is not enough memory to draw on a photo of {photo.Width}×{photo.Height} pixels.");
        }

        photo.CopyTo(bitmap.GetPixelSpan());
        using (var canvas = new SKCanvas(bitmap))
        {
            foreach (var face in faces)
            {
                Draw(canvas, photo, face);
            }
        }

        using var data = bitmap.Encode(format == OverlayFormat.Jpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, JpegQuality)
            ?? throw new FaceDataException($"A photo of {photo.Width}×{photo.Height} pixels cannot be saved as {format}; save it as {OverlayFormat.Png}.");
        return data.ToArray();
    }

    /// <summary>Saves a photo and its faces: as a JPEG where the name ends in .jpg or .jpeg, as a PNG where it ends in .png.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="faces">Its faces.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="FaceDataException">The name ends otherwise, or the file cannot be written.</exception>
    public static void Save(Photo photo, IReadOnlyList<Face> faces, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => OverlayFormat.Png,
            ".JPG" or ".JPEG" => OverlayFormat.Jpeg,
            _ => throw new FaceDataException($"{path}: the name must end in .png, .jpg or .jpeg."),
        };
        var file = Encode(photo, faces, format);
        try
        {
            File.WriteAllBytes(path, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FaceDataException($"{path}: the picture cannot be written: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>What stands at a face: what the network says of it, in a few words.</summary>
    internal static string Label(Face face)
    {
        var words = new List<string>();
        if (face.Gender is { } gender)
        {
            words.Add(gender.Value == Gender.Female ? "FEMALE" : "MALE");
        }

        if (face.Pose is { Value: not HeadPose.Frontal } pose)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{30 * ((int)pose.Value - (int)HeadPose.Frontal)}°"));
        }

        if (face.Glasses is { Value: true })
        {
            words.Add("GLASSES");
        }

        if (face.Smile is { Value: true })
        {
            words.Add("SMILE");
        }

        return string.Join(", ", words);
    }

    private static void Draw(SKCanvas canvas, Photo photo, Face face)
    {
        var line = Math.Clamp(face.Box.Side / 60, 1, 1 + (Math.Max(photo.Width, photo.Height) / 200f));
        using var shade = new SKPaint { Color = new SKColor(0, 0, 0, 150), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 2.5f * line };
        using var paint = new SKPaint { Color = new SKColor(90, 255, 120), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = line };
        var box = SKRect.Create(face.Box.Left, face.Box.Top, face.Box.Side, face.Box.Side);
        canvas.DrawRect(box, shade);
        canvas.DrawRect(box, paint);
        (shade.Style, paint.Style, paint.Color) = (SKPaintStyle.Fill, SKPaintStyle.Fill, new SKColor(255, 225, 60));
        foreach (var landmark in Enum.GetValues<Landmark>())
        {
            var point = face.Landmarks[landmark];
            canvas.DrawCircle(point.X, point.Y, 2f * line, shade);
            canvas.DrawCircle(point.X, point.Y, 1.4f * line, paint);
        }

        Write(canvas, photo, face, Label(face), shade, paint);
    }

    /// <summary>Above the box, or below its upper edge where there is no room.</summary>
    private static void Write(SKCanvas canvas, Photo photo, Face face, string label, SKPaint shade, SKPaint paint)
    {
        if (label.Length == 0)
        {
            return;
        }

        var dot = Math.Max(1, MathF.Round(face.Box.Side / 100));
        var (width, height) = ((LabelFont.WidthOf(label) + 4) * dot, (LabelFont.Height + 4) * dot);
        var x = Math.Clamp(face.Box.Left, 0, Math.Max(0, photo.Width - width));
        var y = face.Box.Top >= height ? face.Box.Top - height : Math.Clamp(face.Box.Top, 0, Math.Max(0, photo.Height - height));
        canvas.DrawRect(x, y, width, height, shade);
        paint.IsAntialias = false;
        paint.Color = SKColors.White;
        LabelFont.Write(canvas, label, MathF.Round(x + (2 * dot)), MathF.Round(y + (2 * dot)), dot, paint);
    }
}
