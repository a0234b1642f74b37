using System.Runtime.InteropServices;
using SkiaSharp;

namespace CrossStitch.Faces.Skia;

/// <summary>A picture file whose head is read: its size, and what decoding it takes, are known before any pixel is.</summary>
internal sealed class EncodedPhoto : IDisposable
{
    private const int BytesOfPixel = 4;

    // Rows that a JPEG is decoded by at a time: a few times what the format itself works in.
    private const int StripRows = 64;

    private readonly string _name;
    private readonly SKCodec _codec;
    private readonly SKData _data;
    private GCHandle _pin;

    /// <summary>Reads the head of a file.</summary>
    /// <param name="file">The file's content; not copied, so it must stay as it is until this is disposed.</param>
    /// <param name="name">The picture's name, for messages.</param>
    /// <exception cref="FaceDataException">It is no picture, or larger than the limits of <see cref="PhotoDecoder"/>.</exception>
    public EncodedPhoto(ArraySegment<byte> file, string name)
    {
        _name = name;
        _pin = GCHandle.Alloc(file.Array, GCHandleType.Pinned);
        _data = SKData.Create(_pin.AddrOfPinnedObject() + file.Offset, file.Count);
        try
        {
            _codec = (PhotoFormat.IsKnown(file) ? SKCodec.Create(_data) : null)
                ?? throw new FaceDataException($"The image {QuotedText.Of(name)} cannot be decoded: it is no JPEG, PNG, WebP, GIF or BMP picture, or a broken one.");
            (Width, Height) = (_codec.Info.Width, _codec.Info.Height);
            var pixels = (long)Width * Height;
            if (Width is < 1 or > PhotoDecoder.MaxSide || Height is < 1 or > PhotoDecoder.MaxSide || pixels > PhotoDecoder.MaxPixels)
            {
                throw new FaceDataException(
                    $"The image {QuotedText.Of(name)} claims to have {Width}×{Height} pixels; at most {PhotoDecoder.MaxPixels / 1_000_000} million are allowed, and {PhotoDecoder.MaxSide} a side.");
            }

            Memory = pixels * PhotoFormat.BytesToDecode(file);
            if (Memory > PhotoDecoder.MaxMemory)
            {
                throw new FaceDataException(
                    $"The image {QuotedText.Of(name)} of {Width}×{Height} pixels is stored in a way that takes {Memory / 1_000_000} MB to decode; at most {PhotoDecoder.MaxMemory / 1_000_000} are allowed. Save it as a JPEG, or as a PNG that is not interlaced.");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The bytes that decoding takes at most, what comes out included.</summary>
    public long Memory { get; }

    /// <summary>Decodes it.</summary>
    /// <param name="room">Gives room for as many pixels, or more; the image is good for as long as nobody else uses that.</param>
    /// <exception cref="FaceDataException">It is cut short or broken.</exception>
    public GrayImage Decode(Func<int, byte[]> room)
    {
        var gray = room(Width * Height);
        var result = _codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? ByStrips(gray) : AtOnce(gray);
        return result == SKCodecResult.Success
            ? new GrayImage(gray, Width, Height)
            : throw new FaceDataException($"The image {QuotedText.Of(_name)} cannot be decoded: it is {(result == SKCodecResult.IncompleteInput ? "cut short" : "broken")}.");
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _data.Dispose();
        _pin.Free();
    }

    private SKCodecResult AtOnce(byte[] gray)
    {
        using var bitmap = Rows(Height);
        var result = _codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
        {
            ToGray(bitmap, Height, gray);
        }

        return result;
    }

    private SKCodecResult ByStrips(byte[] gray)
    {
        var result = _codec.StartScanlineDecode(Info(Height));
        using var strip = Rows(Math.Min(StripRows, Height));
        for (var y = 0; y < Height && result == SKCodecResult.Success; y += StripRows)
        {
            var rows = Math.Min(StripRows, Height - y);
            if (_codec.GetScanlines(strip.GetPixels(), rows, strip.RowBytes) < rows)
            {
                return SKCodecResult.IncompleteInput;
            }

            ToGray(strip, rows, gray.AsSpan(y * Width));
        }

        return result;
    }

    private SKImageInfo Info(int rows) => new(Width, rows, SKColorType.Rgba8888, SKAlphaType.Premul);

    private SKBitmap Rows(int rows) => new(Info(rows));

    private static void ToGray(SKBitmap bitmap, int height, Span<byte> gray)
    {
        // Each property of a bitmap is a call into native code: too dear for the inner loop.
        var (width, rowBytes) = (bitmap.Width, bitmap.RowBytes);
        var rgba = bitmap.GetPixelSpan();
        for (var y = 0; y < height; y++)
        {
            var source = rgba.Slice(y * rowBytes, BytesOfPixel * width);
            var target = gray.Slice(y * width, width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = (byte)(((299 * source[4 * x]) + (587 * source[(4 * x) + 1]) + (114 * source[(4 * x) + 2]) + 500) / 1000);
            }
        }
    }
}
