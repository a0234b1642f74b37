namespace CrossStitch.Faces.Tests;

public class LumaTests
{
    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Bgr)]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Bgra)]
    public void Every_pixel_of_a_row_of_any_length_has_the_luma_that_it_has_alone(PixelFormat format)
    {
        var size = format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;
        var (red, blue) = format is PixelFormat.Bgr or PixelFormat.Bgra ? (2, 0) : (0, 2);
        var random = new Random(1);
        for (var length = 1; length < 200; length++)
        {
            var bytes = new byte[length * size];
            random.NextBytes(bytes);
            var gray = new byte[length];
            Luma.Convert(bytes, format, gray);
            Assert.Equal(Enumerable.Range(0, length).Select(x => Luma.Of(bytes[(x * size) + red], bytes[(x * size) + 1], bytes[(x * size) + blue])), gray);
        }
    }

    [Fact]
    public void The_vectors_divide_every_sum_that_there_is_as_whole_numbers_are_divided()
    {
        // Each of the sums 500 to 255 500 is near that of one of these; all of red and green, and two blues.
        var (bytes, gray) = (new byte[256 * 256 * 4], new byte[256 * 256]);
        foreach (var blue in new byte[] { 0, 255 })
        {
            for (var i = 0; i < gray.Length; i++)
            {
                (bytes[4 * i], bytes[(4 * i) + 1], bytes[(4 * i) + 2]) = ((byte)i, (byte)(i >> 8), blue);
            }

            Luma.Convert(bytes, PixelFormat.Rgba, gray);
            for (var i = 0; i < gray.Length; i++)
            {
                Assert.Equal(((299 * (i & 255)) + (587 * (i >> 8)) + (114 * blue) + 500) / 1000, gray[i]);
            }
        }
    }
}
