namespace CrossStitch.Faces;

/// <summary>Gray levels of coloured pixels: the luma of Rec. 601, of the stored (gamma-encoded) values, rounded.</summary>
internal static class Luma
{
    private const int Red = 299;
    private const int Green = 587;
    private const int Blue = 114;
    private const int Unit = 1000;

    /// <summary>The gray level of a pixel.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    public static byte Of(byte red, byte green, byte blue) => (byte)(((Red * red) + (Green * green) + (Blue * blue) + (Unit / 2)) / Unit);

    /// <summary>Turns a photo gray.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="gray">Receives width × height gray levels, row by row.</param>
    public static void Convert(PhotoPixels photo, Span<byte> gray)
    {
        var size = photo.BytesPerPixel;
        var (red, blue) = photo.Format is PixelFormat.Bgr or PixelFormat.Bgra ? (2, 0) : (0, 2);
        for (var y = 0; y < photo.Height; y++)
        {
            var from = photo.Row(y);
            var to = gray.Slice(y * photo.Width, photo.Width);
            if (size == 1)
            {
                from.CopyTo(to);
                continue;
            }

            for (var x = 0; x < to.Length; x++)
            {
                var pixel = from.Slice(x * size, 3);
                to[x] = Of(pixel[red], pixel[1], pixel[blue]);
            }
        }
    }
}
