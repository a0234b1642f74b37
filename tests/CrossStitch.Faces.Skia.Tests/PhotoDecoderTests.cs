using System.Buffers.Binary;
using CsCheck;
using SkiaSharp;

namespace CrossStitch.Faces.Skia.Tests;

public sealed class PhotoDecoderTests
{
    [Theory]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    [InlineData(10, 200, 60, 127)]
    [InlineData(7, 7, 7, 7)]
    public void Colour_becomes_the_luma_of_Rec_601(byte red, byte green, byte blue, byte gray)
    {
        using var bitmap = new SKBitmap(3, 2);
        bitmap.Erase(new SKColor(red, green, blue));

        var image = PhotoDecoder.Decode(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(), "a.png");

        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal([gray, gray, gray], image.Row(1).ToArray());
    }

    [Fact]
    public void A_gray_JPEG_is_read()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16, 16, SKColorType.Gray8, SKAlphaType.Opaque));
        bitmap.GetPixelSpan().Fill(90);

        var image = PhotoDecoder.Decode(bitmap.Encode(SKEncodedImageFormat.Jpeg, 100).ToArray(), "a.jpg");

        Assert.InRange(image.Row(8)[8], 89, 91);
    }

    [Fact]
    public void A_CMYK_JPEG_is_read()
    {
        // 8×8 pixels of four components, all coefficients zero: each ink is at 128, and 128 · 128 / 255 = 64.
        byte[] header = [0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)];
        byte[] frame = [0xff, 0xc0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
        byte[] codes = [0xff, 0xc4, 0, 20, 0, 1, .. new byte[15], 0, 0xff, 0xc4, 0, 20, 0x10, 1, .. new byte[15], 0];
        byte[] scan = [0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, 0x00, 0xff, 0xd9];

        var image = PhotoDecoder.Decode([.. header, .. frame, .. codes, .. scan], "cmyk.jpg");

        Assert.Equal((8, 8), (image.Width, image.Height));
        Assert.InRange(image.Row(4)[4], 63, 65);
    }

    [Fact]
    public void A_truncated_image_and_what_is_no_image_are_refused()
    {
        var jpeg = Jpeg();

        Assert.Throws<FaceDataException>(() => PhotoDecoder.Decode(jpeg[..(jpeg.Length / 2)], "half.jpg"));
        Assert.Throws<FaceDataException>(() => PhotoDecoder.Decode([], "empty.jpg"));
        var error = Assert.Throws<FaceDataException>(() => PhotoDecoder.Decode("not a picture"u8.ToArray(), "text.jpg"));
        Assert.Contains("'text.jpg'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_claims_to_be_gigantic_is_refused_before_memory_is_taken()
    {
        var jpeg = Jpeg();
        var frame = jpeg.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]);
        jpeg.AsSpan(frame + 5, 4).Fill(0xfd);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FaceDataException>(() => PhotoDecoder.Decode(jpeg, "big.jpg"));

        Assert.Contains("65021×65021", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(1, 1, 100)]
    [InlineData(7, 63, 90)]
    [InlineData(33, 64, 50)]
    [InlineData(50, 65, 90)]
    [InlineData(13, 200, 20)]
    public void A_JPEG_is_the_same_whether_it_is_decoded_by_strips_or_at_once(int width, int height, int quality)
    {
        using var drawn = new SKBitmap(width, height);
        for (var i = 0; i < width * height; i++)
        {
            drawn.SetPixel(i % width, i / width, new SKColor((uint)(0xFF000000 | (i * 2654435761u >> 8))));
        }

        AssertSameAsAtOnce(drawn.Encode(SKEncodedImageFormat.Jpeg, quality).ToArray());
    }

    [Fact]
    public void A_progressive_JPEG_is_read_and_takes_its_coefficients_too()
    {
        AssertSameAsAtOnce(Progressive());

        Assert.Equal(7 * 40 * 24, MemoryOf(Progressive()));
        Assert.Equal(100 * 100, MemoryOf(Jpeg()));
    }

    [Fact]
    public void What_decoding_would_take_more_than_the_bound_is_refused_before_and_just_less_is_not()
    {
        // The head of an interlaced PNG, of which a pixel takes 13 bytes: the length of IHDR, its name, width, height and the rest.
        using var bitmap = new SKBitmap(2, 2);
        var png = bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();

        var refused = Assert.Throws<FaceDataException>(() => MemoryOf(Sized(5000, 7000)));
        Assert.Equal(13L * 5000 * 6800, MemoryOf(Sized(5000, 6800)));

        Assert.Equal("The image 'a.png' of 5000×7000 pixels is stored in a way that takes 455 MB to decode; at most 448 are allowed. Save it as a JPEG, or as a PNG that is not interlaced.", refused.Message);

        byte[] Sized(int width, int height)
        {
            var sized = png.ToArray();
            BinaryPrimitives.WriteInt32BigEndian(sized.AsSpan(16), width);
            BinaryPrimitives.WriteInt32BigEndian(sized.AsSpan(20), height);
            sized[28] = 1;
            BinaryPrimitives.WriteUInt32BigEndian(sized.AsSpan(29), PngChecksum.Of(sized.AsSpan(12, 17)));
            return sized;
        }
    }

    [Theory]
    [InlineData("II*\0\b\0\0\0")]
    [InlineData("MM\0*\0\0\0\b")]
    [InlineData("\0\0\u0001\0\u0001\0\u0010\u0010")]
    [InlineData("<svg/>")]
    public void A_format_that_no_data_set_has_never_reaches_the_decoder(string begin)
    {
        var error = Assert.Throws<FaceDataException>(() => PhotoDecoder.Decode([.. begin.Select(c => (byte)c), .. new byte[100]], "a.dng"));

        Assert.Contains("no JPEG, PNG, WebP, GIF or BMP", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bitmap_and_a_WebP_are_read()
    {
        byte[] bmp = [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], 7, 7, 7, 0];
        Assert.Equal(7, PhotoDecoder.Decode(bmp, "a.bmp").Row(0)[0]);

        using var gray = new SKBitmap(5, 4);
        gray.Erase(new SKColor(90, 90, 90));
        Assert.InRange(PhotoDecoder.Decode(gray.Encode(SKEncodedImageFormat.Webp, 100).ToArray(), "a.webp").Row(3)[4], 89, 91);
    }

    [Fact]
    public void A_damaged_image_is_read_or_refused_but_never_crashes()
    {
        var jpeg = Jpeg();
        Gen.Select(Gen.Int[0, jpeg.Length - 1], Gen.Byte).Array[1, 8].Sample(
            changes =>
            {
                var damaged = jpeg.ToArray();
                foreach (var (at, with) in changes)
                {
                    damaged[at] = with;
                }

                try
                {
                    PhotoDecoder.Decode(damaged, "damaged.jpg");
                }
                catch (FaceDataException)
                {
                }
            },
            iter: 300);
    }

    private static long MemoryOf(byte[] file)
    {
        using var photo = new EncodedPhoto(file, "a.png");
        return photo.Memory;
    }

    private static void AssertSameAsAtOnce(byte[] jpeg)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(jpeg));
        using var whole = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(whole.Info, whole.GetPixels()));
        var gray = whole.Pixels.Select(color => (byte)(((299 * color.Red) + (587 * color.Green) + (114 * color.Blue) + 500) / 1000)).ToArray();

        var image = PhotoDecoder.Decode(jpeg, "a.jpg");

        Assert.Equal((whole.Width, whole.Height), (image.Width, image.Height));
        Assert.Equal(gray, Enumerable.Range(0, image.Height).SelectMany(y => image.Row(y).ToArray()));
    }

    /// <summary>A gradient of 40×24 pixels, of which the colours are as fine as the light.</summary>
    private static byte[] Progressive() => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//"
        + "2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAYACgDAREAAhEBAxEB/8QA"
        + "FQABAQAAAAAAAAAAAAAAAAAAAwX/xAAYAQEBAQEBAAAAAAAAAAAAAAACAwQGAf/aAAwDAQACEAMQAAABg+FXZlZVZlYMfOs7KrMrKrDj5xXZldVZlb//xAAW"
        + "EAADAAAAAAAAAAAAAAAAAAAAAQL/2gAIAQEAAQUCUCgUCgUCgUCgUCgUCgUCgUH/xAAWEQEBAQAAAAAAAAAAAAAAAAACAAH/2gAIAQMBAT8BLsdjsdjsdjsd"
        + "ji7HY7HF2O//xAAVEQEBAAAAAAAAAAAAAAAAAAAAEf/aAAgBAgEBPwGqqqqqqqqqr//EABQQAQAAAAAAAAAAAAAAAAAAADD/2gAIAQEABj8Cf//EABQQAQAA"
        + "AAAAAAAAAAAAAAAAADD/2gAIAQEAAT8hcAAAAD//2gAMAwEAAgADAAAAEFT3hF3Rl//EABQRAQAAAAAAAAAAAAAAAAAAADD/2gAIAQMBAT8QcqqoqL//xAAV"
        + "EQEBAAAAAAAAAAAAAAAAAAAAAf/aAAgBAgEBPxCEIQhCEIQhCEIf/8QAFRABAQAAAAAAAAAAAAAAAAAAAGH/2gAIAQEAAT8Qkkkkkkkkkkkkkkk//9k=");

    /// <summary>A disc on a plain ground.</summary>
    private static byte[] Jpeg()
    {
        using var bitmap = new SKBitmap(100, 100);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(0, 90, 160));
        using var paint = new SKPaint { Color = SKColors.White };
        canvas.DrawCircle(50, 55, 20, paint);
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray();
    }
}
