using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CsCheck;
using SkiaSharp;

namespace CrossStitch.Faces.Skia.Tests;

public sealed class PhotoTests
{
    private const int Width = 90;
    private const int Height = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Each_turn_that_EXIF_knows_is_undone(int orientation)
    {
        // EXIF says on which side the first stored row is to be seen, and on which the first column.
        Func<int, int, (int X, int Y)> stored = orientation switch
        {
            2 => (x, y) => (Width - 1 - x, y),
            3 => (x, y) => (Width - 1 - x, Height - 1 - y),
            4 => (x, y) => (x, Height - 1 - y),
            5 => (x, y) => (y, x),
            6 => (x, y) => (y, Height - 1 - x),
            7 => (x, y) => (Width - 1 - y, Height - 1 - x),
            8 => (x, y) => (Width - 1 - y, x),
            _ => (x, y) => (x, y),
        };
        var plain = Photo.Load(Picture(SKEncodedImageFormat.Jpeg));
        var other = Photo.Load(Picture(SKEncodedImageFormat.Webp));
        var exact = Photo.Load(Picture(SKEncodedImageFormat.Png));
        foreach (var (file, from) in new[]
        {
            (Turned(Picture(SKEncodedImageFormat.Jpeg), orientation), plain),
            (TurnedWebp(Picture(SKEncodedImageFormat.Webp), orientation), other),
            (TurnedPng(Picture(SKEncodedImageFormat.Png), orientation), exact),
        })
        {
            var photo = Photo.Load(file);
            Assert.Equal(orientation < 5 ? (Width, Height) : (Height, Width), (photo.Width, photo.Height));
            var expected = Enumerable.Range(0, Width * Height).Select(i => stored(i % photo.Width, i / photo.Width)).Select(at => Pixel(from, at.X, at.Y)).ToArray();
            Assert.Equal(expected, MemoryMarshal.Cast<byte, uint>(photo.Pixels.Bytes));
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("II*\0", 1)]
    [InlineData("II*\0\u00ff\u00ff\u00ff\u00ff", 1)]
    [InlineData("II*\0\u0008\0\0\0\u00ff\u00ff", 1)]
    [InlineData("II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0009\0\0\0", 1)]
    [InlineData("II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0004\0\u0001\0\0\0\u0006\0\0\0", 1)]
    [InlineData("MM\0*\0\0\0\u0008\0\u0002\u0001\u000f\0\u0003\0\0\0\u0001\0\u0007\0\0\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0", 6)]
    public void An_orientation_that_is_out_of_order_turns_nothing(string exif, int expected)
    {
        byte[] chunk = [0, 0, 0, (byte)exif.Length, .. "eXIf"u8, .. exif.Select(letter => (byte)letter), 0, 0, 0, 0];
        Assert.Equal((SKEncodedOrigin)expected, PngOrientation.Of([.. new byte[8], 0, 0, 0, 1, .. "abcd"u8, 7, 0, 0, 0, 0, .. chunk]));
        Assert.Equal(SKEncodedOrigin.TopLeft, PngOrientation.Of([.. new byte[8], 0xFF, 0xFF, 0xFF, 0xFF, .. "abcd"u8, .. chunk]));
        Assert.Equal(SKEncodedOrigin.TopLeft, PngOrientation.Of(chunk.AsSpan(0, 8)));
    }

    [Fact]
    public void What_decoding_takes_is_told_before_it_and_may_stop_it()
    {
        var told = new List<long>();
        Photo.Load(Picture(SKEncodedImageFormat.Png), new PhotoOptions { BeforeDecoding = told.Add });
        Assert.Equal([8L * Width * Height], told);
        Assert.Throws<OperationCanceledException>(() => Photo.Load(Picture(SKEncodedImageFormat.Png), new PhotoOptions { BeforeDecoding = _ => throw new OperationCanceledException() }));
    }

    [Fact]
    public void What_networks_are_trained_on_is_not_turned()
    {
        var (plain, turned) = (PhotoDecoder.Decode(Picture(SKEncodedImageFormat.Jpeg), "a"), PhotoDecoder.Decode(Turned(Picture(SKEncodedImageFormat.Jpeg), 6), "a"));
        Assert.Equal(plain.ContentHash, turned.ContentHash);
    }

    [Fact]
    public void A_path_a_stream_and_bytes_give_the_same_photo_with_the_grays_of_training()
    {
        var file = Picture(SKEncodedImageFormat.Webp);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            using var stream = new MemoryStream(file);
            var photo = Photo.Load(path);
            Assert.Equal(photo.Pixels.Bytes, Photo.Load(stream).Pixels.Bytes);
            Assert.Equal(photo.Pixels.Bytes, Photo.Load(file).Pixels.Bytes);

            var (gray, trained) = (new byte[Width * Height], PhotoDecoder.Decode(file, "a"));
            Luma.Convert(photo.Pixels, gray);
            Assert.Equal(Enumerable.Range(0, Height).SelectMany(y => trained.Row(y).ToArray()), gray);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        Says("there is no such file", () => Photo.Load(Path.Combine(Path.GetTempPath(), "no-such-photo.jpg")));
        Says("cannot be read", () => Photo.Load(Path.GetTempPath()));
        Says("'photo' cannot be decoded: it is no JPEG", () => Photo.Load([]));
        Says("cut short", () => Photo.Load(Picture(SKEncodedImageFormat.Jpeg).AsSpan(0, 1500)));
        Says("'upload' has more than 10 bytes", () => Photo.Load(new MemoryStream(Picture(SKEncodedImageFormat.Png)), new PhotoOptions { Name = "upload", MostBytes = 10 }));
        Says("at most 13,499 are allowed", () => Photo.Load(Picture(SKEncodedImageFormat.Png), new PhotoOptions { MostPixels = (Width * Height) - 1 }));
        Assert.Throws<ArgumentException>(() => Photo.Load(Picture(SKEncodedImageFormat.Png), new PhotoOptions { MostPixels = 0 }));

        static void Says(string why, Func<Photo> load) => Assert.Contains(why, Assert.Throws<FaceDataException>(load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_000, 5_001, "at most 100 million are allowed")]
    [InlineData(65_535, 65_535, "at most 100 million are allowed")]
    public void A_gigantic_photo_is_refused_before_memory_is_taken(int width, int height, string why)
    {
        var png = Picture(SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), PngChecksum.Of(png.AsSpan(12, 17)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(why, Assert.Throws<FaceDataException>(() => Photo.Load(png)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_damaged_photo_is_read_or_refused_but_never_crashes()
    {
        byte[][] files = [Turned(Picture(SKEncodedImageFormat.Jpeg), 5), TurnedWebp(Picture(SKEncodedImageFormat.Webp), 8), Picture(SKEncodedImageFormat.Png)];
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 8], Gen.Double[0, 2]).Sample(
            (which, changes, length) =>
            {
                var damaged = files[which].ToArray();
                foreach (var (at, with) in changes)
                {
                    damaged[(int)(at * at * (damaged.Length - 1))] = with;
                }

                try
                {
                    var photo = Photo.Load(damaged.AsSpan(0, (int)(Math.Min(1, length) * damaged.Length)), new PhotoOptions { MostPixels = 1_000_000 });
                    Assert.Equal(4 * photo.Width * photo.Height, photo.Pixels.Bytes.Length);
                }
                catch (FaceDataException)
                {
                }
            },
            iter: 300,
            seed: "0000000000000000");
    }

    private static uint Pixel(Photo photo, int x, int y) => BinaryPrimitives.ReadUInt32LittleEndian(photo.Pixels.Row(y)[(4 * x)..]);

    /// <summary>A gradient in all colours, of no symmetry.</summary>
    private static byte[] Picture(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(Width, Height);
        for (var i = 0; i < Width * Height; i++)
        {
            var (x, y) = (i % Width, i / Width);
            bitmap.SetPixel(x, y, new SKColor((byte)(2 * x), (byte)((3 * y / 2) + (x / 3)), (byte)((x * y) >> 4)));
        }

        return bitmap.Encode(format, 90).ToArray();
    }

    private static byte[] Exif(int orientation) => [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Turned(byte[] jpeg, int orientation)
    {
        byte[] content = [.. "Exif\0\0"u8, .. Exif(orientation)];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(content.Length + 2), .. content, .. jpeg[2..]];
    }

    /// <summary>With EXIF as a chunk of its own, after the head.</summary>
    private static byte[] TurnedPng(byte[] png, int orientation)
    {
        const int Head = 33;
        byte[] content = [.. "eXIf"u8, .. Exif(orientation)];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, PngChecksum.Of(content));
        return [.. png[..Head], .. length, .. content, .. checksum, .. png[Head..]];
    }

    /// <summary>In the extended form of the format, of which the first chunk says that one with EXIF follows the picture.</summary>
    private static byte[] TurnedWebp(byte[] webp, int orientation)
    {
        const int Head = 12;
        byte[] exif = Exif(orientation);
        byte[] chunks =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, Width - 1, 0, 0, Height - 1, 0, 0,
            .. webp[Head..],
            .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif,
        ];
        return [.. "RIFF"u8, (byte)chunks.Length, (byte)(chunks.Length >> 8), (byte)(chunks.Length >> 16), 0, .. chunks];
    }
}
