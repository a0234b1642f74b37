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
