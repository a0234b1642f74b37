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
    public void A_crop_is_to_the_bit_what_single_sums_one_after_the_other_give() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 70], Gen.Float[-20, 110], Gen.Float[-20, 90], Gen.Float[1, 200], Gen.Int[0, 1000]).Sample(
            (width, height, x, y, side, seed) =>
            {
                var noise = new byte[width * height];
                new Random(seed).NextBytes(noise);
                var (image, box) = (new GrayImage(width, height, noise), new FaceBox(x, y, side, BoxSource.Detector));
                var patch = Crop(image, box);
                Assert.Equal(PlainCrop(image, box), patch);

                var (inside, alone) = (new float[1600], new float[1600]);
                CropPixels.Extract(patch, Settings, inside);
                new FaceCropper(Settings).CropBox(new PhotoPixels(noise, width, height, PixelFormat.Gray), box, alone);
                Assert.Equal(inside, alone);
            },
            iter: 60);

    [Fact]
    public void A_mirrored_picture_gives_the_mirrored_crop()
    {
        var image = Draw(90, 80, (x, y) => 120 + (60 * Math.Sin(x / 3)) + (40 * Math.Cos(y / 5)));
        var mirrored = Draw(90, 80, (x, y) => 120 + (60 * Math.Sin((90 - x) / 3)) + (40 * Math.Cos(y / 5)));
        var patch = Crop(image, new FaceBox(37.3f, 40.8f, 33, BoxSource.Detector));
        var other = Crop(mirrored, new FaceBox(90 - 37.3f, 40.8f, 33, BoxSource.Detector));
        for (var i = 0; i < patch.Length; i++)
        {
            var (row, column) = (i / Settings.PatchSize, i % Settings.PatchSize);
            Assert.Equal(patch[i], other[(row * Settings.PatchSize) + Settings.PatchSize - 1 - column], 1.0);
        }
    }

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

    /// <summary>The tent filter as its definition says it, in the order of sums that crops have had since the first version.</summary>
    private static byte[] PlainCrop(GrayImage image, FaceBox box)
    {
        var (size, step) = (Settings.PatchSize, (double)box.Side / Settings.Size);
        var columns = Enumerable.Range(0, size).Select(i => Tent(box.Left, i, step, image.Width)).ToArray();
        var rows = Enumerable.Range(0, size).Select(i => Tent(box.Top, i, step, image.Height)).ToArray();
        var patch = new byte[size * size];
        for (var i = 0; i < patch.Length; i++)
        {
            float sum = 0;
            var ((first, weights), column) = (rows[i / size], columns[i % size]);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                float across = 0;
                for (var k = 0; k < column.Weights.Length; k++)
                {
                    across += column.Weights[k] * image.Row(first + tap)[column.First + k];
                }

                sum += weights[tap] * across;
            }

            patch[i] = (byte)Math.Clamp(MathF.Round(sum), 0, 255);
        }

        return patch;
    }

    private static (int First, float[] Weights) Tent(double edge, int pixel, double step, int length)
    {
        var (centre, radius) = (edge - (Settings.Margin * step) + ((pixel + 0.5) * step), Math.Max(1, step));
        var (from, to) = ((int)Math.Floor(centre - radius + 0.5), (int)Math.Ceiling(centre + radius - 0.5));
        var first = Math.Clamp(from, 0, length - 1);
        var weights = new double[Math.Clamp(to, 0, length - 1) - first + 1];
        double sum = 0;
        for (var tap = from; tap <= to; tap++)
        {
            var weight = Math.Max(0, 1 - (Math.Abs(tap + 0.5 - centre) / radius));
            weights[Math.Clamp(tap, 0, length - 1) - first] += weight;
            sum += weight;
        }

        return (first, Array.ConvertAll(weights, weight => (float)(weight / sum)));
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
