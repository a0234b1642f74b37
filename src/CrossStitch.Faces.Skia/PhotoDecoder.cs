namespace CrossStitch.Faces.Skia;

/// <summary>Reads picture files with SkiaSharp. Safe to use from several threads.</summary>
public static class PhotoDecoder
{
    /// <summary>The most pixels a picture may have: 64 megapixels.</summary>
    public const int MaxPixels = 64_000_000;

    /// <summary>The most pixels a picture may be wide or high: as many as JPEG allows.</summary>
    public const int MaxSide = 65_535;

    /// <summary>The most bytes that decoding a picture may take: a progressive JPEG of <see cref="MaxPixels"/> in colour.</summary>
    internal const long MaxMemory = 7L * MaxPixels;

    /// <summary>Decodes a JPEG, PNG, WebP, GIF or BMP file; colour, gray or CMYK.</summary>
    /// <remarks>
    /// Gray is the luma of Rec. 601, 0.299 R + 0.587 G + 0.114 B, of the stored (gamma-encoded) values, rounded; what is
    /// transparent counts as black. An orientation noted in EXIF is not applied: annotations refer to the pixels as
    /// they are stored. The size is checked before memory is taken for it: at most 448 MB, which leaves out interlaced PNGs
    /// of more than 34 megapixels, and WebPs, GIFs, BMPs and progressive CMYK of more than 49.
    /// </remarks>
    /// <param name="file">The file's content.</param>
    /// <param name="name">The picture's name, for messages.</param>
    /// <exception cref="FaceDataException">It is no picture, is cut short, or is larger than the limits.</exception>
    public static GrayImage Decode(byte[] file, string name)
    {
        using var photo = new EncodedPhoto(file, name);
        return photo.Decode(pixels => new byte[pixels]);
    }
}
