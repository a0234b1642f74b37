using System.Buffers.Binary;

namespace CrossStitch.Faces.Skia;

/// <summary>
/// What the first bytes of a picture file say, before a decoder sees them: whether it is one of the formats that are
/// read, and how much memory a pixel of it takes to decode.
/// </summary>
internal static class PhotoFormat
{
    // The pixel as the decoder gives it.
    private const int Decoded = 4;

    // What lossless WebP, GIF and BMP hold of it beside, and what an interlaced PNG of 16 bits a channel does.
    private const int Canvas = 4;
    private const int Interlaced = 8;

    private const int InterlacingAt = 28;
    private const int FirstFrame = 0xC0;
    private const int ExtendedFrame = 0xC1;
    private const int ProgressiveFrame = 0xC2;
    private const int Scan = 0xDA;

    /// <summary>
    /// Whether a file begins like a JPEG, PNG, WebP, GIF or BMP. Nothing else reaches the decoder: raw photos, icons and
    /// others take code and memory that no annotated picture is worth.
    /// </summary>
    public static bool IsKnown(ReadOnlySpan<byte> file) =>
        IsJpeg(file) || IsPng(file) || file.StartsWith("GIF8"u8) || file.StartsWith("BM"u8)
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8));

    /// <summary>The most bytes that decoding takes for a pixel: a JPEG's are done row by row, those of others at once.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="result">Bytes of a pixel of what comes out.</param>
    public static int BytesToDecode(ReadOnlySpan<byte> file, int result) =>
        result + (IsJpeg(file) ? 2 * CoefficientsOfPixel(file)
        : IsPng(file) ? Decoded + (file.Length > InterlacingAt && file[InterlacingAt] == 0 ? 0 : Interlaced)
        : Decoded + Canvas);

    private static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);

    /// <summary>
    /// How many numbers of two bytes the decoder keeps for a pixel of a JPEG: none where all components of a block come
    /// together, so that a row of blocks is done when it is read; one a component where they come in several scans.
    /// </summary>
    private static int CoefficientsOfPixel(ReadOnlySpan<byte> jpeg)
    {
        var components = 4;
        for (var at = 2; at + 10 <= jpeg.Length && jpeg[at] == 0xFF;)
        {
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == Scan)
            {
                return jpeg[at + 4] == components ? 0 : components;
            }

            if (marker is FirstFrame or ExtendedFrame or ProgressiveFrame)
            {
                components = jpeg[at + 9];
                if (marker == ProgressiveFrame)
                {
                    return components;
                }
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return components;
    }
}
