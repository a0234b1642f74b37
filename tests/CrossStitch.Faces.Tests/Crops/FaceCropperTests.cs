using CrossStitch.Faces.Crops;
using CsCheck;

namespace CrossStitch.Faces.Tests.Crops;

public class FaceCropperTests
{
    private static readonly CropSettings Settings = CropSettings.Default;

    [Theory]
    [InlineData(16)]
    [InlineData(29.5)]
    [InlineData(40)]
    [InlineData(57.3)]
    [InlineData(93)]
    [InlineData(250)]
    public void A_blob_is_found_where_its_landmark_is_to_a_twentieth_of_a_pixel(double side)
    {
        Gen.Select(Gen.Double[0.3, 0.7], Gen.Double[0.3, 0.7], Gen.Double[0, 1], Gen.Double[0, 1]).Sample(
            (u, v, offsetX, offsetY) =>
            {
                var box = new FaceBox((float)(150 + offsetX), (float)(140 + offsetY), (float)side, BoxSource.Detector);
                var centre = box.ToImage(new((float)u, (float)v));
                var radius = Math.Max(1.5, side / 20);
                var image = Draw(300, 300, (x, y) => 250 * Math.Exp(-(Square(x - centre.X) + Square(y - centre.Y)) / (2 * radius * radius)));

                var (x, y) = CentreOfMass(Crop(image, box));

                Assert.Equal((u * Settings.Size) + Settings.Margin, x, 0.05);
                Assert.Equal((v * Settings.Size) + Settings.Margin, y, 0.05);
            },
            iter: 10);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(61)]
    [InlineData(160)]
    public void A_slope_in_the_image_is_the_same_slope_in_the_crop(float side)
    {
        var image = Draw(300, 300, (x, y) => (0.5 * x) + (0.3 * y));
        var box = new FaceBox(150.3f, 149.8f, side, BoxSource.Detector);
        var patch = Crop(image, box);

        for (var j = 0; j < Settings.PatchSize; j++)
        {
            for (var i = 0; i < Settings.PatchSize; i++)
            {
                var point = box.ToImage(new((i - Settings.Margin + 0.5f) / Settings.Size, (j - Settings.Margin + 0.5f) / Settings.Size));
                Assert.Equal((0.5 * point.X) + (0.3 * point.Y), patch[(j * Settings.PatchSize) + i], 1.1);
            }
        }
    }

    [Fact]
    public void A_box_of_the_size_of_the_crop_on_whole_pixels_copies_the_pixels()
    {
        var image = Draw(80, 70, (x, y) => ((x * 7) + (y * 13)) % 255);
        var patch = Crop(image, new FaceBox(12 + 8 + 20, 5 + 8 + 20, 40, BoxSource.Detector));

        for (var j = 0; j < Settings.PatchSize; j++)
        {
            Assert.Equal(image.Row(5 + j).Slice(12, Settings.PatchSize), patch.AsSpan(j * Settings.PatchSize, Settings.PatchSize));
        }
    }

    [Fact]
    public void Detail_finer_than_the_crop_becomes_its_mean_instead_of_an_alias()
    {
        var image = Draw(400, 400, (x, _) => (int)x % 2 == 0 ? 0 : 200);
        var patch = Crop(image, new FaceBox(200, 200, 200, BoxSource.Detector));

        Assert.All(patch, pixel => Assert.InRange(pixel, 92, 108));
    }

    [Fact]
    public void A_box_that_leaves_the_image_is_filled_with_the_edge()
    {
        var image = Draw(50, 50, (x, _) => x < 25 ? 60 : 180);

        var beyondTheLeft = Crop(image, new FaceBox(-200, 25, 60, BoxSource.Detector));
        var aroundAll = Crop(image, new FaceBox(25, 25, 500, BoxSource.Detector));

        Assert.All(beyondTheLeft, pixel => Assert.Equal(60, pixel));
        Assert.Equal(60, aroundAll[0]);
        Assert.Equal(180, aroundAll[^1]);
    }

    [Fact]
    public void An_even_image_stays_even_for_any_box() =>
        Gen.Select(Gen.Float[-1000, 1000], Gen.Float[-1000, 1000], Gen.Float[0.01f, 3000]).Sample(
            (x, y, side) => Assert.All(Crop(Draw(20, 30, (_, _) => 77), new FaceBox(x, y, side, BoxSource.Detector)), pixel => Assert.Equal(77, pixel)),
            iter: 50);

    [Fact]
    public void What_is_no_box_is_refused()
    {
        var image = Draw(20, 20, (_, _) => 0);

        Assert.Throws<ArgumentException>(() => Crop(image, default));
        Assert.Throws<ArgumentException>(() => Crop(image, new FaceBox(float.NaN, 0, 10, BoxSource.Detector)));
        Assert.Throws<ArgumentException>(() => Crop(image, new FaceBox(0, 0, float.PositiveInfinity, BoxSource.Detector)));
        Assert.Throws<ArgumentException>(() => new FaceCropper(new CropSettings(0, 0)));
    }

    [Fact]
    public void Landmarks_to_the_box_and_back_are_the_same_to_a_thousandth_of_a_pixel() =>
        Gen.Select(Gen.Float[0, 4000], Gen.Float[0, 4000], Gen.Float[0, 4000], Gen.Float[0, 4000], Gen.Float[5, 2000]).Sample((x, y, centerX, centerY, side) =>
        {
            var box = new FaceBox(centerX, centerY, side, BoxSource.Detector);
            var back = box.ToImage(box.ToBox(new FacePoint(x, y)));

            Assert.Equal(x, back.X, 1e-3f);
            Assert.Equal(y, back.Y, 1e-3f);
        });

    private static byte[] Crop(GrayImage image, FaceBox box)
    {
        var patch = new byte[Settings.PatchSize * Settings.PatchSize];
        new FaceCropper(Settings).Crop(image, box, patch);
        return patch;
    }

    /// <summary>Each pixel has the value of the function at its centre.</summary>
    private static GrayImage Draw(int width, int height, Func<double, double, double> value)
    {
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Round(value((i % width) + 0.5, (i / width) + 0.5));
        }

        return new GrayImage(width, height, pixels);
    }

    /// <summary>In pixels from the patch's left and top edges.</summary>
    private static (double X, double Y) CentreOfMass(byte[] patch)
    {
        double mass = 0, x = 0, y = 0;
        for (var i = 0; i < patch.Length; i++)
        {
            mass += patch[i];
            x += patch[i] * ((i % Settings.PatchSize) + 0.5);
            y += patch[i] * ((i / Settings.PatchSize) + 0.5);
        }

        return (x / mass, y / mass);
    }

    private static double Square(double value) => value * value;
}
