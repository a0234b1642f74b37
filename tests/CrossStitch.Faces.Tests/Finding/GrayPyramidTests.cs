using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Tests.Reading;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>A photo at the scales of a search shows at each what a crop of that scale shows.</summary>
public sealed class GrayPyramidTests
{
    private const int Width = 200;
    private const int Height = 120;

    [Theory]
    [InlineData(0.5f)]
    [InlineData(1)]
    [InlineData(1.98f)]
    [InlineData(5)]
    public void A_level_is_what_a_crop_of_its_scale_shows(float scale)
    {
        var image = new GrayImage(Width, Height, RandomReaders.Bytes(Width * Height, seed: 5));
        var level = LevelScaler.Scale(image.Pixels, scale);
        const int size = 16;
        var patch = new byte[size * size];
        var side = size * scale;
        new FaceCropper(new CropSettings(size, Margin: 0)).Crop(image, new FaceBox(side / 2, side / 2, side, BoxSource.Detector), patch);
        for (var i = 0; i < patch.Length; i++)
        {
            Assert.InRange(level.Row(i / size)[i % size] - patch[i], -1, 1);
        }
    }

    [Fact]
    public void Every_other_level_is_the_mean_of_four_pixels()
    {
        var image = new GrayImage(5, 3, [0, 4, 8, 12, 100, 4, 8, 12, 16, 200, 40, 40, 60, 60, 50]);
        using var pyramid = new GrayPyramid(image.Pixels, [1, 1.5f, 2], CancellationToken.None);
        var half = pyramid.Levels[2];
        Assert.Equal((3, 2, 2f), (half.Width, half.Height, half.Scale));
        Assert.Equal([4, 12, 150], half.Row(0).ToArray().Select(pixel => (int)pixel));
        Assert.Equal([40, 60, 50], half.Row(1).ToArray().Select(pixel => (int)pixel));
    }
}
