using CrossStitch.Faces;
using SkiaSharp;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>A decoded picture and the faces that it shows.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Rgba">Four bytes a pixel, row by row.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Faces">What it shows.</param>
public sealed record FinderPicture(string Name, byte[] Rgba, int Width, int Height, IReadOnlyList<ExpectedFace> Faces)
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>The pixels, as finders take them.</summary>
    public PhotoPixels Photo => new(Rgba, Width, Height, PixelFormat.Rgba);

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="faces">What it shows.</param>
    /// <exception cref="CrossStitchException">It is no picture.</exception>
    public static FinderPicture Decode(byte[] file, string name, IReadOnlyList<ExpectedFace> faces)
    {
        using var codec = SKCodec.Create(new MemoryStream(file)) ?? throw new CrossStitchException($"{name} is no picture.");
        using var bitmap = SKBitmap.Decode(codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new CrossStitchException($"{name} cannot be decoded.");
        return Of(name, bitmap, faces);
    }

    /// <summary>The picture in another size.</summary>
    /// <param name="scale">Pixels of the new one for a pixel of this one.</param>
    public FinderPicture Scaled(float scale)
    {
        using var bitmap = ToBitmap();
        var info = bitmap.Info.WithSize(Math.Max(1, (int)MathF.Round(Width * scale)), Math.Max(1, (int)MathF.Round(Height * scale)));
        using var scaled = bitmap.Resize(info, Smooth);
        return Of(Name, scaled, [.. Faces.Select(face => face with
        {
            Box = face.Box with { CenterX = face.Box.CenterX * scale, CenterY = face.Box.CenterY * scale, Side = face.Box.Side * scale },
        })]);
    }

    /// <summary>The middle of the picture, shrunk to another size without changing its proportions; without its faces.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public FinderPicture Covering(int width, int height)
    {
        var scale = MathF.Max((float)width / Width, (float)height / Height);
        using var bitmap = ToBitmap();
        using var image = SKImage.FromBitmap(bitmap);
        using var covered = new SKBitmap(bitmap.Info.WithSize(width, height));
        using var canvas = new SKCanvas(covered);
        var (w, h) = (Width * scale, Height * scale);
        canvas.DrawImage(image, SKRect.Create((width - w) / 2, (height - h) / 2, w, h), Smooth);
        canvas.Flush();
        return Of(Name, covered, []);
    }

    /// <summary>As a bitmap of Skia's.</summary>
    public SKBitmap ToBitmap()
    {
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Rgba.CopyTo(bitmap.GetPixelSpan());
        return bitmap;
    }

    private static FinderPicture Of(string name, SKBitmap bitmap, IReadOnlyList<ExpectedFace> faces) =>
        new(name, bitmap.GetPixelSpan().ToArray(), bitmap.Width, bitmap.Height, faces);
}
