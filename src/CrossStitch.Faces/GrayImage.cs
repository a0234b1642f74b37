using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CrossStitch.Faces;

/// <summary>A gray picture: a byte a pixel, row by row. What decodes a file to it is up to its user.</summary>
public sealed class GrayImage
{
    private readonly byte[] _pixels;

    /// <summary>Wraps pixels.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">The pixels, row by row; kept, not copied.</param>
    /// <exception cref="ArgumentException">There are not as many pixels, or none.</exception>
    public GrayImage(int width, int height, byte[] pixels)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height)
        {
            throw new ArgumentException($"{pixels.Length} pixels do not make an image of {width}×{height}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        _pixels = pixels;
    }

    /// <summary>Wraps the pixels at the beginning of a room that may be larger, and is used again once the image is not.</summary>
    internal GrayImage(byte[] room, int width, int height) => (_pixels, Width, Height) = (room, width, height);

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>
    /// A hash of size and pixels, never 0: two pictures with the same one are the same, whatever their files are called and
    /// however they note it. Computed anew each time.
    /// </summary>
    public ulong ContentHash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> size = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(size, Width);
            hash.AppendData(size);
            hash.AppendData(_pixels, 0, Width * Height);
            return Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset()));
        }
    }

    /// <summary>The pixels, for what takes photos.</summary>
    public PhotoPixels Pixels => new(_pixels.AsSpan(0, Width * Height), Width, Height);

    /// <summary>A row of pixels.</summary>
    /// <param name="y">Which, from 0 at the top.</param>
    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);
}
