using SkiaSharp;

namespace CrossStitch.Faces.Skia;

/// <summary>Reads picture files with SkiaSharp. Safe to use from several threads.</summary>
public static class PhotoDecoder
{
    /// <summary>The most pixels a picture may have: 64 megapixels.</summary>
    public const int MaxPixels = 64_000_000;

    /// <summary>The most pixels a picture may be wide or high: as many as JPEG allows.</summary>
    public const int MaxSide = 65_535;

    /// <summary>Decodes a JPEG, PNG or other picture file that SkiaSharp knows; colour, gray or CMYK.</summary>
    /// <remarks>
    /// Gray is the luma of Rec. 601, 0.299 R + 0.587 G + 0.114 B, of the stored (gamma-encoded) values, rounded; what is
    /// transparent counts as black. An orientation noted in EXIF is not applied: annotations refer to the pixels as
    /// they are stored. The size is checked before memory is taken for it.
    /// </remarks>
    /// <param name="file">The file's content.</param>
    /// <param name="name">The picture's name, for messages.</param>
    /// <exception cref="FaceDataException">It is no picture, is cut short, or is larger than the limits.</exception>
    public static GrayImage Decode(byte[] file, string name)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data)
            ?? throw new FaceDataException($"The image {QuotedText.Of(name)} cannot be decoded: it is no picture, or a broken one.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || (long)width * height > MaxPixels)
        {
            throw new FaceDataException(
                $"The image {QuotedText.Of(name)} claims to have {width}×{height} pixels; at most {MaxPixels / 1_000_000} million are allowed, and {MaxSide} a side.");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        return result == SKCodecResult.Success
            ? new GrayImage(width, height, ToGray(bitmap))
            : throw new FaceDataException($"The image {QuotedText.Of(name)} cannot be decoded: it is {(result == SKCodecResult.IncompleteInput ? "cut short" : "broken")}.");
    }

    private static byte[] ToGray(SKBitmap bitmap)
    {
        // Each property of a bitmap is a call into native code: too dear for the inner loop.
        var (width, height, rowBytes) = (bitmap.Width, bitmap.Height, bitmap.RowBytes);
        var rgba = bitmap.GetPixelSpan();
        var gray = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var source = rgba.Slice(y * rowBytes, 4 * width);
            var target = gray.AsSpan(y * width, width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = (byte)(((299 * source[4 * x]) + (587 * source[(4 * x) + 1]) + (114 * source[(4 * x) + 2]) + 500) / 1000);
            }
        }

        return gray;
    }
}
