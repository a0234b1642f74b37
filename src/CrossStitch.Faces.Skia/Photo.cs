namespace CrossStitch.Faces.Skia;

/// <summary>
/// A photo in colours, in managed memory: a JPEG, PNG, WebP, GIF or BMP file, decoded, and turned as the EXIF of a
/// JPEG, a WebP or a PNG says. Safe to use from several threads.
/// </summary>
/// <remarks>
/// What is transparent counts as black. The size is checked before memory is taken for it: at most ten bytes a pixel of
/// <see cref="PhotoOptions.MostPixels"/> while it is decoded, of which four stay. <see cref="PhotoDecoder"/>, by which networks
/// are trained, does not turn, for annotations refer to the pixels as they are stored.
/// </remarks>
public sealed class Photo
{
    private readonly byte[] _rgba;

    private Photo(byte[] rgba, int width, int height) => (_rgba, Width, Height) = (rgba, width, height);

    /// <summary>Pixels in a row, as the photo is to be seen.</summary>
    public int Width { get; }

    /// <summary>Rows, as the photo is to be seen.</summary>
    public int Height { get; }

    /// <summary>The pixels.</summary>
    public PhotoPixels Pixels => new(_rgba, Width, Height, PixelFormat.Rgba);

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FaceDataException">It cannot be read, is no picture, is broken, or larger than the limits.</exception>
    public static Photo Load(string path) => Load(path, new PhotoOptions());

    /// <summary>Loads a file, within limits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="FaceDataException">It cannot be read, is no picture, is broken, or larger than the limits.</exception>
    public static Photo Load(string path, PhotoOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = options with { Name = path };
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Load(file, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FaceDataException($"The image {QuotedText.Of(path)} cannot be read: {Reason(path, error)}.", error);
        }
    }

    /// <summary>Loads what a stream holds from where it stands to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <exception cref="FaceDataException">It is no picture, is broken, or larger than the limits.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Photo Load(Stream stream) => Load(stream, new PhotoOptions());

    /// <summary>Loads what a stream holds from where it stands to its end, within limits.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="options">The limits, and what messages call the photo.</param>
    /// <exception cref="FaceDataException">It is no picture, is broken, or larger than the limits.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Photo Load(Stream stream, PhotoOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        using var content = new MemoryStream();
        var part = new byte[81920];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            RequireSize(content.Length + read, options);
            content.Write(part, 0, read);
        }

        return Decode(new ArraySegment<byte>(content.GetBuffer(), 0, (int)content.Length), options);
    }

    /// <summary>Decodes the content of a file.</summary>
    /// <param name="file">The content.</param>
    /// <exception cref="FaceDataException">It is no picture, is broken, or larger than the limits.</exception>
    public static Photo Load(ReadOnlySpan<byte> file) => Load(file, new PhotoOptions());

    /// <summary>Decodes the content of a file, within limits.</summary>
    /// <param name="file">The content.</param>
    /// <param name="options">The limits, and what messages call the photo.</param>
    /// <exception cref="FaceDataException">It is no picture, is broken, or larger than the limits.</exception>
    public static Photo Load(ReadOnlySpan<byte> file, PhotoOptions options)
    {
        options.Check();
        RequireSize(file.Length, options);
        return Decode(file.ToArray(), options);
    }

    /// <summary>Copies the pixels, four bytes each.</summary>
    internal void CopyTo(Span<byte> rgba) => _rgba.CopyTo(rgba);

    private static Photo Decode(ArraySegment<byte> file, PhotoOptions options)
    {
        using var encoded = new EncodedPhoto(file, options.Name, PhotoLimits.Colour(options.MostPixels));
        options.BeforeDecoding?.Invoke(encoded.Memory);
        var pixels = encoded.DecodeUpright(out var turn);
        return new Photo(pixels, turn.Width, turn.Height);
    }

    private static void RequireSize(long bytes, PhotoOptions options)
    {
        if (bytes > options.MostBytes)
        {
            throw new FaceDataException($"The image {QuotedText.Of(options.Name)} has more than {options.MostBytes:N0} bytes, which is the most that is read.");
        }
    }

    private static string Reason(string path, Exception error) =>
        error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
        : Directory.Exists(path) ? "it is a folder"
        : error.Message.TrimEnd('.');
}
