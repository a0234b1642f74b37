namespace CrossStitch.Faces.Tests;

public class PhotoPixelsTests
{
    [Theory]
    [InlineData(0, 1, PixelFormat.Gray, 0, 16)]
    [InlineData(1, 0, PixelFormat.Gray, 0, 16)]
    [InlineData(-1, -1, PixelFormat.Gray, 0, 16)]
    [InlineData(int.MaxValue, 1, PixelFormat.Gray, 0, 16)]
    [InlineData(1, int.MaxValue, PixelFormat.Bgra, 0, 16)]
    [InlineData(int.MaxValue, int.MaxValue, PixelFormat.Bgra, int.MaxValue, 16)]
    [InlineData(int.MinValue, int.MinValue, PixelFormat.Rgb, 0, 16)]
    [InlineData(100_000_001, 1, PixelFormat.Gray, 0, 16)]
    [InlineData(4, 4, PixelFormat.Gray, 0, 15)]
    [InlineData(4, 4, PixelFormat.Gray, 3, 64)]
    [InlineData(4, 4, PixelFormat.Gray, -4, 64)]
    [InlineData(4, 4, PixelFormat.Rgb, 11, 64)]
    [InlineData(4, 4, PixelFormat.Rgba, 16, 63)]
    [InlineData(1, 2, PixelFormat.Gray, int.MaxValue, 64)]
    [InlineData(1, 1, (PixelFormat)77, 0, 64)]
    public void What_are_no_pixels_is_refused(int width, int height, PixelFormat format, int stride, int bytes) =>
        Assert.ThrowsAny<ArgumentException>(() => new PhotoPixels(new byte[bytes], width, height, format, stride));

    [Theory]
    [InlineData(1, 1, PixelFormat.Gray, 0, 1)]
    [InlineData(1, 1, PixelFormat.Gray, int.MaxValue, 1)]
    [InlineData(4, 4, PixelFormat.Bgr, 12, 48)]
    [InlineData(4, 4, PixelFormat.Bgr, 13, 51)]
    public void The_last_row_may_end_with_its_pixels(int width, int height, PixelFormat format, int stride, int bytes)
    {
        var photo = new PhotoPixels(new byte[bytes], width, height, format, stride);
        Assert.Equal(width * photo.BytesPerPixel, photo.Row(height - 1).Length);
    }
}
