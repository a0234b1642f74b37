namespace CrossStitch.Faces;

/// <summary>
/// The decoded pixels of a photo, where its owner has them: nothing is copied. Pixel (x, y) is at
/// <c>y × Stride + x × bytes a pixel</c>; its centre has the coordinates (x + 0.5, y + 0.5).
/// </summary>
public readonly ref struct PhotoPixels
{
    /// <summary>The most pixels a photo may have: 100 megapixels.</summary>
    public const int MostPixels = 100_000_000;

    /// <summary>Describes pixels.</summary>
    /// <param name="bytes">The bytes, row by row from the top.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="format">What a pixel is.</param>
    /// <param name="stride">Bytes from one row to the next; 0 where rows follow each other without a gap.</param>
    /// <exception cref="ArgumentException">
    /// There is no pixel, there are more than <see cref="MostPixels"/>, rows overlap, or there are fewer bytes than the rows take.
    /// </exception>
    public PhotoPixels(ReadOnlySpan<byte> bytes, int width, int height, PixelFormat format, int stride = 0)
    {
        var size = BytesOf(format);
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
        {
            throw new ArgumentException($"A photo of {width}×{height} pixels: it must have at least one and at most {MostPixels / 1_000_000} million.", nameof(width));
        }

        var row = (long)width * size;
        if (stride != 0 && stride < row)
        {
            throw new ArgumentException($"A stride of {stride} bytes: a row of {width} {format} pixels takes {row}.", nameof(stride));
        }

        var step = stride == 0 ? row : stride;
        var needed = (step * (height - 1)) + row;
        if (bytes.Length < needed)
        {
            throw new ArgumentException($"{bytes.Length} bytes: {height} rows of {width} {format} pixels, {step} bytes apart, take {needed}.", nameof(bytes));
        }

        Bytes = bytes;
        (Width, Height, Format, Stride) = (width, height, format, (int)step);
    }

    /// <summary>Describes gray pixels that are known to be as many as they should be.</summary>
    internal PhotoPixels(ReadOnlySpan<byte> gray, int width, int height)
    {
        Bytes = gray;
        (Width, Height, Format, Stride) = (width, height, PixelFormat.Gray, width);
    }

    /// <summary>The bytes, row by row from the top.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>What a pixel is.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Bytes of a pixel.</summary>
    public int BytesPerPixel => BytesOf(Format);

    /// <summary>The bytes of a row, without what lies between it and the next.</summary>
    /// <param name="y">Which, from 0 at the top.</param>
    public ReadOnlySpan<byte> Row(int y) => Bytes.Slice((int)((long)y * Stride), Width * BytesPerPixel);

    /// <summary>Refuses the default value, which has no pixels.</summary>
    /// <param name="name">What the caller calls the photo.</param>
    /// <exception cref="ArgumentException">It is.</exception>
    internal void RequirePixels(string name)
    {
        if (Width == 0)
        {
            throw new ArgumentException("A photo without pixels: give it bytes, width and height.", name);
        }
    }

    private static int BytesOf(PixelFormat format) => format switch
    {
        PixelFormat.Gray => 1,
        PixelFormat.Rgb or PixelFormat.Bgr => 3,
        PixelFormat.Rgba or PixelFormat.Bgra => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such pixel format."),
    };
}
