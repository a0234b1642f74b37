using SkiaSharp;

namespace CrossStitch.Fuzz.Samples;

/// <summary>Small pictures in several formats, and a large one in a small file.</summary>
internal static class SamplePictures
{
    /// <summary>A picture as a file of a format.</summary>
    /// <param name="format">Which.</param>
    /// <param name="color">In which colours.</param>
    public static byte[] Of(SKEncodedImageFormat format, SKColorType color = SKColorType.Rgba8888)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(24, 20, color, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(40, 90, 160));
        using var paint = new SKPaint { Color = SKColors.White };
        canvas.DrawCircle(12, 10, 6, paint);
        return bitmap.Encode(format, 80).ToArray();
    }

    /// <summary>8000 × 8000 pixels, which are 64 million, in a few kilobytes.</summary>
    public static byte[] Large()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(8000, 8000, SKColorType.Gray8, SKAlphaType.Opaque));
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    /// <summary>The smallest picture of the GIF format, and one of the BMP format, which Skia reads and does not write.</summary>
    public static IReadOnlyList<byte[]> Others { get; } =
    [
        Convert.FromHexString("47494638396101000100800000FFFFFF00000021F90401000000002C00000000010001000002024401003B"),
        [.. "BM"u8, .. Convert.FromHexString("460000000000000036000000280000000200000002000000010018000000000010000000130B0000130B000000000000000000000000FFFFFFFF0000FF000000FF000000")],
    ];
}
