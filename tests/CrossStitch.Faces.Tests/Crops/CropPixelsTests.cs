using CrossStitch.Faces.Crops;
using CsCheck;

namespace CrossStitch.Faces.Tests.Crops;

public class CropPixelsTests
{
    [Fact]
    public void The_box_is_the_middle_of_the_patch()
    {
        var settings = new CropSettings(Size: 2, Margin: 1);
        byte[] patch = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        var pixels = new float[4];

        CropPixels.Extract(patch, settings, pixels);

        Assert.Equal([5, 6, 9, 10], pixels);
    }

    [Fact]
    public void Normal_pixels_have_mean_0_and_variance_1()
    {
        Gen.Float[0, 255].Array[16, 1700].Where(pixels => pixels.Max() - pixels.Min() > 40).Sample(pixels =>
        {
            CropPixels.Format.Normalize(pixels);
            Assert.Equal(0, pixels.Average(), 1e-3);
            Assert.Equal(1, pixels.Average(value => value * value), 1e-3);
        });
    }

    [Fact]
    public void Brighter_or_of_more_contrast_is_the_same_picture()
    {
        float[] pixels = [.. Enumerable.Range(0, 1600).Select(i => (float)(i * 37 % 101))];
        float[] brighter = [.. pixels.Select(value => (1.5f * value) + 40)];

        CropPixels.Format.Normalize(pixels);
        CropPixels.Format.Normalize(brighter);

        Assert.All(pixels.Zip(brighter), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void A_flat_crop_becomes_zeros()
    {
        var pixels = Enumerable.Repeat(77.3f, 1600).ToArray();

        CropPixels.Format.Normalize(pixels);

        Assert.All(pixels, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_span_of_another_size_is_refused()
    {
        var settings = CropSettings.Default;

        Assert.Throws<ArgumentException>(() => CropPixels.Extract(new byte[56 * 56], settings, new float[1599]));
        Assert.Throws<ArgumentException>(() => CropPixels.Extract(new byte[40 * 40], settings, new float[1600]));
    }
}
