using System.Globalization;

namespace CrossStitch.Faces.Skia;

/// <summary>What a picture may take.</summary>
/// <param name="Pixels">Its most pixels.</param>
/// <param name="Memory">The most bytes that decoding it may take, what comes out included.</param>
/// <param name="BytesOfPixel">Bytes of a pixel of what comes out.</param>
internal sealed record PhotoLimits(int Pixels, long Memory, int BytesOfPixel)
{
    /// <summary>The limits of <see cref="PhotoDecoder"/>.</summary>
    public static PhotoLimits Gray { get; } = new(PhotoDecoder.MaxPixels, PhotoDecoder.MaxMemory, 1);

    /// <summary>How many pixels, for a message.</summary>
    public string PixelsInWords => Pixels % 1_000_000 == 0 ? $"{Pixels / 1_000_000} million" : Pixels.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The limits of a photo in colours: a progressive JPEG of as many pixels is within them.</summary>
    /// <param name="pixels">Its most pixels.</param>
    public static PhotoLimits Colour(int pixels) => new(pixels, 10L * pixels, 4);
}
