using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Tests.Crops;

public class CropAugmentationTests
{
    private static readonly CropSettings Settings = CropSettings.Default;

    private static readonly CropAugmentation Everything = new(Blur: 0.2, Noise: 5, Occlusion: 1);

    private static readonly FaceCrop Face = new(
        "a.jpg",
        new FaceBox(100, 100, 80, BoxSource.Detector),
        new FaceLandmarks(new(0.3f, 0.4f), new(0.7f, 0.41f), new(0.5f, 0.6f), new(0.35f, 0.75f), new(0.65f, 0.78f)),
        FaceAttributes.Of((FaceAttribute.Pose, "-30°"), (FaceAttribute.Gender, "female"), (FaceAttribute.Glasses, "yes")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Varying_nothing_is_the_plain_crop_bit_for_bit(bool close)
    {
        var (patch, settings) = (Noise(), close ? CropSettings.Close : Settings);
        var plain = new float[1600];
        CropPixels.Extract(patch, settings, plain);

        var (pixels, landmarks, attributes) = Apply(CropAugmentation.None, patch, Face, seed: 1, settings);

        Assert.Equal(plain, pixels);
        Assert.Equal(Numbers(Face), landmarks.Select(number => MathF.Round(number, 6)));
        Assert.Equal(Face.Attributes, attributes);
    }

    [Fact]
    public void A_mirror_image_exchanges_left_and_right_in_everything()
    {
        var patch = Noise();
        var plain = new float[1600];
        CropPixels.Extract(patch, Settings, plain);

        var (pixels, landmarks, attributes) = Apply(CropAugmentation.None with { Flip = 1 }, patch, Face, seed: 1);

        Assert.Equal(plain.Chunk(40).SelectMany(row => row.Reverse()), pixels);
        Assert.Equal(
            [0.3f, 0.7f, 0.5f, 0.35f, 0.65f, 0.41f, 0.4f, 0.6f, 0.78f, 0.75f], landmarks.Select(number => MathF.Round(number, 6)));
        Assert.Equal(FaceAttributes.Of((FaceAttribute.Pose, "30°"), (FaceAttribute.Gender, "female"), (FaceAttribute.Glasses, "yes")), attributes);
    }

    [Fact]
    public void A_mirror_image_of_a_mirror_image_is_the_face()
    {
        var settings = Settings with { Margin = 0 };
        var patch = Noise()[..1600];
        var flip = CropAugmentation.None with { Flip = 1 };
        var (once, points, attributes) = Apply(flip, patch, Face, seed: 1, settings);
        byte[] again = [.. once.Select(value => (byte)value)];
        var mirrored = Face with { Landmarks = FaceLandmarks.FromNumbers(points), Attributes = attributes };

        var (twice, pointsTwice, attributesTwice) = Apply(flip, again, mirrored, seed: 2, settings);

        Assert.Equal(patch.Select(value => (float)value), twice);
        Assert.Equal(Numbers(Face), pointsTwice.Select(number => MathF.Round(number, 6)));
        Assert.Equal(Face.Attributes, attributesTwice);
    }

    [Fact]
    public void The_landmarks_go_where_the_picture_goes()
    {
        var geometry = CropAugmentation.None with { Flip = 0.5, Shift = 0.05, Scale = 0.1, Rotation = 15, Stretch = 0.15, Shear = 0.1 };
        for (var seed = 0UL; seed < 200; seed++)
        {
            // A soft dot on one landmark; its centre of mass in the result is where that landmark went.
            var landmark = (Landmark)(seed % 5);
            var patch = Dot(Face.Landmarks[landmark]);
            var (pixels, landmarks, attributes) = Apply(geometry, patch, Face, seed);
            var flipped = attributes[FaceAttribute.Pose] == 3;
            var index = (int)(flipped ? Mirrored(landmark) : landmark);

            var (x, y) = CenterOfMass(pixels);

            Assert.Equal(landmarks[index] * 40, x, 0.1f);
            Assert.Equal(landmarks[5 + index] * 40, y, 0.1f);
        }
    }

    [Fact]
    public void A_stretched_face_is_narrower_and_taller_or_wider_and_flatter_about_its_centre()
    {
        var stretched = CropAugmentation.None with { Stretch = 0.2 };
        var widths = new List<double>();
        for (var seed = 0UL; seed < 50; seed++)
        {
            var landmarks = Apply(stretched, Noise(), Face, seed).Landmarks;
            var (along, down) = ((landmarks[1] - landmarks[0]) / 0.4, (landmarks[5 + 4] - landmarks[5]) / 0.38);
            Assert.Equal(1, along * down, 1e-3);
            Assert.Equal(0.5f, landmarks[2], 1e-6f);
            Assert.InRange(along, Math.Exp(-0.2), Math.Exp(0.2));
            widths.Add(along);
        }

        Assert.True(widths.Min() < 0.9 && widths.Max() > 1.1);
    }

    [Fact]
    public void A_sheared_face_leans_by_how_far_its_points_are_from_its_middle()
    {
        var sheared = CropAugmentation.None with { Shear = 0.2 };
        var leans = new List<double>();
        for (var seed = 0UL; seed < 50; seed++)
        {
            var landmarks = Apply(sheared, Noise(), Face, seed).Landmarks;
            var lean = (landmarks[3] - 0.35) / (0.75 - 0.5);
            Assert.Equal(0.3 + (lean * (0.4 - 0.5)), landmarks[0], 1e-5);
            Assert.Equal(Numbers(Face)[5..], landmarks[5..].Select(number => MathF.Round(number, 6)));
            leans.Add(lean);
        }

        Assert.True(leans.Min() is >= -0.2 and < -0.1 && leans.Max() is > 0.1 and <= 0.2);
    }

    [Fact]
    public void The_same_stream_gives_the_same_face_and_another_another()
    {
        var patch = Noise();

        Assert.Equal(Apply(Everything, patch, Face, 3).Pixels, Apply(Everything, patch, Face, 3).Pixels);
        Assert.NotEqual(Apply(Everything, patch, Face, 3).Pixels, Apply(Everything, patch, Face, 4).Pixels);
    }

    [Fact]
    public void Far_beyond_the_patch_its_edge_goes_on()
    {
        var patch = Enumerable.Repeat((byte)90, 56 * 56).ToArray();
        var wild = CropAugmentation.None with { Shift = 0.5, Scale = 0.5, Rotation = 180 };

        for (var seed = 0UL; seed < 20; seed++)
        {
            Assert.All(Apply(wild, patch, Face, seed).Pixels, value => Assert.Equal(90, value));
        }
    }

    [Fact]
    public void Tones_keep_black_and_white_apart_and_in_range()
    {
        byte[] ramp = [.. Enumerable.Range(0, 56 * 56).Select(i => (byte)(i % 56 * 255 / 55))];
        var tones = CropAugmentation.None with { Brightness = 0.3, Contrast = 0.5, Midtones = 1 };

        for (var seed = 0UL; seed < 50; seed++)
        {
            var row = Apply(tones, ramp, Face, seed).Pixels[..40];
            Assert.Equal(row.Order(), row);
            Assert.InRange(row[0], 0, 255);
            Assert.InRange(row[39], 0, 255);
        }
    }

    [Fact]
    public void A_blur_keeps_the_mean_of_a_dot_and_spreads_it()
    {
        var patch = Dot(new FacePoint(0.5f, 0.5f));
        var blurred = Apply(CropAugmentation.None with { Blur = 1.0 / 3 }, patch, Face, seed: 8).Pixels;
        var plain = Apply(CropAugmentation.None, patch, Face, seed: 8).Pixels;

        Assert.Equal(plain.Sum(), blurred.Sum(), 1f);
        Assert.True(blurred.Max() < plain.Max());
        Assert.Equal(CenterOfMass(plain).X, CenterOfMass(blurred).X, 1e-3f);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void An_amount_out_of_range_is_refused(double value)
    {
        Everything.Validate();
        Assert.Throws<ArgumentOutOfRangeException>(() => (Everything with { Flip = value }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (Everything with { Scale = value }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (Everything with { Stretch = value }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (Everything with { Shear = value }).Validate());
    }

    private static (float[] Pixels, float[] Landmarks, FaceAttributes Attributes) Apply(
        CropAugmentation augmentation, byte[] patch, FaceCrop face, ulong seed, CropSettings? settings = null)
    {
        var pixels = new float[1600];
        var landmarks = new float[10];
        augmentation.Apply(patch, settings ?? Settings, face, new SeededRandom(seed), pixels, landmarks, out var attributes);
        return (pixels, landmarks, attributes);
    }

    private static Landmark Mirrored(Landmark landmark) => landmark switch
    {
        Landmark.LeftEye => Landmark.RightEye,
        Landmark.RightEye => Landmark.LeftEye,
        Landmark.LeftMouthCorner => Landmark.RightMouthCorner,
        Landmark.RightMouthCorner => Landmark.LeftMouthCorner,
        _ => landmark,
    };

    private static byte[] Noise()
    {
        var random = new SeededRandom(99);
        return [.. Enumerable.Range(0, 56 * 56).Select(_ => (byte)random.NextBits())];
    }

    private static byte[] Dot(FacePoint point)
    {
        var patch = new byte[56 * 56];
        for (var y = 0; y < 56; y++)
        {
            for (var x = 0; x < 56; x++)
            {
                var (dx, dy) = (x + 0.5 - 8 - (point.X * 40), y + 0.5 - 8 - (point.Y * 40));
                patch[(y * 56) + x] = (byte)Math.Round(250 * Math.Exp(-((dx * dx) + (dy * dy)) / 3));
            }
        }

        return patch;
    }

    private static (float X, float Y) CenterOfMass(float[] pixels)
    {
        var sum = pixels.Sum();
        return (
            pixels.Select((value, i) => value * ((i % 40) + 0.5f)).Sum() / sum,
            pixels.Select((value, i) => value * ((i / 40) + 0.5f)).Sum() / sum);
    }

    private static float[] Numbers(FaceCrop face)
    {
        var numbers = new float[10];
        face.Landmarks.CopyTo(numbers);
        return numbers;
    }
}
