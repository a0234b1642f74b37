using System.Runtime.InteropServices;
using SkiaSharp;

namespace CrossStitch.Faces.Skia;

/// <summary>A picture file whose head is read: its size, and what decoding it takes, are known before any pixel is.</summary>
internal sealed class EncodedPhoto : IDisposable
{
    private const int BytesOfPixel = 4;

    // Rows that a JPEG is decoded by at a time: a few times what the format itself works in.
    private const int StripRows = 64;

    private readonly ArraySegment<byte> _file;
    private readonly string _name;
    private readonly SKCodec _codec;
    private readonly SKData _data;
    private GCHandle _pin;

    /// <summary>Reads the head of a file.</summary>
    /// <param name="file">The file's content; not copied, so it must stay as it is until this is disposed.</param>
    /// <param name="name">The picture's name, for messages.</param>
    /// <param name="limits">What it may take; null for the limits of <see cref="PhotoDecoder"/>.</param>
    /// <exception cref="FaceDataException">It is no picture, or larger than the limits.</exception>
    public EncodedPhoto(ArraySegment<byte> file, string name, PhotoLimits? limits = null)
    {
        limits ??= PhotoLimits.Gray;
        (_file, _name) = (file, name);
        _pin = GCHandle.Alloc(file.Array, GCHandleType.Pinned);
        _data = SKData.Create(_pin.AddrOfPinnedObject() + file.Offset, file.Count);
        try
        {
            _codec = (PhotoFormat.IsKnown(file) ? SKCodec.Create(_data) : null)
                ?? throw new FaceDataException($"The image {QuotedText.Of(name)} cannot be decoded: it is no JPEG, PNG, WebP, GIF or BMP picture, or a broken one.");
            (Width, Height) = (_codec.Info.Width, _codec.Info.Height);
            var pixels = (long)Width * Height;
            if (Width is < 1 or > PhotoDecoder.MaxSide || Height is < 1 or > PhotoDecoder.MaxSide || pixels > limits.Pixels)
            {
                throw new FaceDataException(
                    $"The image {QuotedText.Of(name)} claims to have {Width}×{Height} pixels; at most {limits.PixelsInWords} are allowed, and {PhotoDecoder.MaxSide} a side.");
            }

            Memory = pixels * PhotoFormat.BytesToDecode(file, limits.BytesOfPixel);
            if (Memory > limits.Memory)
            {
                throw new FaceDataException(
                    $"The image {QuotedText.Of(name)} of {Width}×{Height} pixels is stored in a way that takes {Memory / 1_000_000} MB to decode; at most {limits.Memory / 1_000_000} are allowed. Save it as a JPEG, or as a PNG that is not interlaced.");
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

    /// <summary>Where the first row and column are to be seen.</summary>
    private SKEncodedOrigin Origin => _codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Of(_file) : _codec.EncodedOrigin;

    /// <summary>Some rows that were decoded.</summary>
    /// <param name="rgba">Their pixels, in red, green, blue and one byte more.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="first">Which row of the photo is the first.</param>
    /// <param name="rows">How many there are.</param>
    private delegate void RowsRead(ReadOnlySpan<byte> rgba, int rowBytes, int first, int rows);

    /// <summary>Decodes it to gray levels, as they are stored.</summary>
    /// <param name="room">Gives room for as many pixels, or more; the image is good for as long as nobody else uses that.</param>
    /// <exception cref="FaceDataException">It is cut short or broken.</exception>
    public GrayImage Decode(Func<int, byte[]> room)
    {
        var gray = room(Width * Height);
        Decode((rgba, rowBytes, first, rows) =>
        {
            for (var y = 0; y < rows; y++)
            {
                Luma.Convert(rgba.Slice(y * rowBytes, BytesOfPixel * Width), PixelFormat.Rgba, gray.AsSpan((first + y) * Width, Width));
            }
        });
        return new GrayImage(gray, Width, Height);
    }

    /// <summary>Decodes it to colours, turned as its EXIF says.</summary>
    /// <param name="turn">Says how it was turned: the size that comes out.</param>
    /// <returns>Four bytes a pixel: red, green, blue, and one that means nothing.</returns>
    /// <exception cref="FaceDataException">It is cut short or broken.</exception>
    public byte[] DecodeUpright(out PhotoTurn turn)
    {
        var (turned, pixels) = (new PhotoTurn(Origin, Width, Height), GC.AllocateUninitializedArray<byte>(BytesOfPixel * Width * Height));
        Decode((rgba, rowBytes, first, rows) => turned.Copy(MemoryMarshal.Cast<byte, uint>(rgba), rowBytes / BytesOfPixel, first, rows, MemoryMarshal.Cast<byte, uint>(pixels.AsSpan())));
        turn = turned;
        return pixels;
    }

    /// <summary>Decodes it to gray levels, turned as its EXIF says: a quarter of the memory, and all that finding and reading faces takes.</summary>
    /// <param name="room">Gives room for as many pixels, or more.</param>
    /// <param name="turn">Says how it was turned: the size that comes out.</param>
    /// <exception cref="FaceDataException">It is cut short or broken.</exception>
    public void DecodeUprightGray(Func<int, byte[]> room, out PhotoTurn turn)
    {
        var (turned, pixels, strip) = (new PhotoTurn(Origin, Width, Height), room(Width * Height), new byte[StripRows * Width]);
        Decode((rgba, rowBytes, first, rows) =>
        {
            for (var y = 0; y < rows; y += StripRows)
            {
                var count = Math.Min(StripRows, rows - y);
                for (var row = 0; row < count; row++)
                {
                    Luma.Convert(rgba.Slice((y + row) * rowBytes, BytesOfPixel * Width), PixelFormat.Rgba, strip.AsSpan(row * Width, Width));
                }

                turned.Copy<byte>(strip, Width, first + y, count, pixels);
            }
        });
        turn = turned;
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _data.Dispose();
        _pin.Free();
    }

    private void Decode(RowsRead read)
    {
        var result = _codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? ByStrips(read) : AtOnce(read);
        if (result != SKCodecResult.Success)
        {
            throw new FaceDataException($"The image {QuotedText.Of(_name)} cannot be decoded: it is {(result == SKCodecResult.IncompleteInput ? "cut short" : "broken")}.");
        }
    }

    private SKCodecResult AtOnce(RowsRead read)
    {
        using var bitmap = Rows(Height);
        var result = _codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
        {
            // Each property of a bitmap is a call into native code: too dear for the inner loops.
            read(bitmap.GetPixelSpan(), bitmap.RowBytes, 0, Height);
        }

        return result;
    }

    private SKCodecResult ByStrips(RowsRead read)
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

            read(strip.GetPixelSpan(), strip.RowBytes, y, rows);
        }

        return result;
    }

    private SKImageInfo Info(int rows) => new(Width, rows, SKColorType.Rgba8888, SKAlphaType.Premul);

    private SKBitmap Rows(int rows) => new(Info(rows));
}
