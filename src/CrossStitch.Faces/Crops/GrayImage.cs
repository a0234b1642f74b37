using System.Buffers.Binary;
using System.Security.Cryptography;
using CrossStitch.Faces.Annotations;
using SkiaSharp;

namespace CrossStitch.Faces.Crops;

/// <summary>A gray picture: a byte a pixel, row by row.</summary>
public sealed class GrayImage
{
    /// <summary>The most pixels a picture may have: 64 megapixels.</summary>
    public const int MaxPixels = 64_000_000;

    /// <summary>The most pixels a picture may be wide or high: as many as JPEG allows.</summary>
    public const int MaxSide = 65_535;

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
            hash.AppendData(_pixels);
            return Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset()));
        }
    }

    /// <summary>A row of pixels.</summary>
    /// <param name="y">Which, from 0 at the top.</param>
    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);

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
            ?? throw new FaceDataException($"The image {ArchivePath.Quote(name)} cannot be decoded: it is no picture, or a broken one.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || (long)width * height > MaxPixels)
        {
            throw new FaceDataException(
                $"The image {ArchivePath.Quote(name)} claims to have {width}×{height} pixels; at most {MaxPixels / 1_000_000} million are allowed, and {MaxSide} a side.");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        return result == SKCodecResult.Success
            ? new GrayImage(width, height, ToGray(bitmap))
            : throw new FaceDataException($"The image {ArchivePath.Quote(name)} cannot be decoded: it is {(result == SKCodecResult.IncompleteInput ? "cut short" : "broken")}.");
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
