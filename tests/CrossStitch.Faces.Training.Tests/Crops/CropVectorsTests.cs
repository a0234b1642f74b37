using System.Runtime.InteropServices;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Crops;

/// <summary>Vectors against the plain arithmetic of one pixel after the other: the pictures are the same on every machine, to the bit.</summary>
public class CropVectorsTests
{
    private const int Iterations = 200;

    /// <summary>Sizes that networks have.</summary>
    private static readonly int[] Usual = [40, 48, 60];

    /// <summary>Those, whole vectors and not, and more than are sampled in one run.</summary>
    private static readonly Gen<int> Sizes = Gen.Frequency((3, Gen.Int[0, 2].Select(i => Usual[i])), (2, Gen.Int[2, 80]), (1, Gen.Int[120, 150]));

    [Fact]
    public void A_warped_face_is_what_one_pixel_after_the_other_gives()
    {
        // Shifts and scales far beyond what is drawn in training: every edge of the patch is crossed.
        var amount = Gen.Frequency((1, Gen.Const(0.0)), (4, Gen.Double[-0.7, 0.7]));
        Gen.Select(
            Gen.Select(Sizes, Gen.Int[0, 25], Gen.ULong),
            Gen.Select(Gen.Bool, amount, amount, amount, Gen.Frequency((1, Gen.Int[-2, 1].Select(quarter => 90.0 * quarter)), (4, Gen.Double[-180, 180]))),
            Gen.Select(amount, amount)).Sample(
            (crop, warp, bend) =>
            {
                var (size, margin, seed) = crop;
                var (flip, x, y, scale, degrees) = warp;
                var (stretch, shear) = bend;
                var settings = new CropSettings(size, margin);
                var patch = Patch(settings, seed);
                var pixels = new float[size * size];

                new CropWarp(flip, x, y, 1 + scale, degrees, stretch, shear).Sample(patch, settings, pixels);

                AssertSameBits(Warped(patch, settings, flip, x, y, 1 + scale, degrees, stretch, shear), pixels);
            },
            iter: Iterations);
    }

    [Fact]
    public void A_changed_tone_is_what_one_pixel_after_the_other_gives() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 2], Gen.Double[-1, 1], Gen.Float[0, 255].Array[0, 100]).Sample(
            (brightness, contrast, midtones, pixels) =>
            {
                var expected = Array.ConvertAll(pixels, pixel =>
                {
                    var value = Math.Clamp((pixel * (float)contrast) + (float)((brightness + (0.5 * (1 - contrast))) * 255), 0, 255f);
                    return value + ((float)(midtones / 255) * value * (255 - value));
                });

                new CropTone(brightness, contrast, midtones).Apply(pixels);

                AssertSameBits(expected, pixels);
            },
            iter: Iterations);

    [Fact]
    public void A_blur_is_what_one_pixel_after_the_other_gives() =>
        Gen.Select(Gen.Frequency((4, Sizes), (1, Gen.Int[250, 530])), Gen.Float[0, 1f / 3], Gen.ULong).Sample(
            (size, weight, seed) =>
            {
                var pixels = Pixels(size, seed);
                var expected = Blurred(Blurred(pixels, size, 1, weight), size, size, weight);

                CropDegradation.Blur(pixels, size, weight);

                AssertSameBits(expected, pixels);
            },
            iter: Iterations / 3);

    [Fact]
    public void Noise_takes_sixteen_bits_of_a_draw_for_each_pixel_the_lowest_first() =>
        Gen.Select(Gen.Int[1, 80], Gen.Float[0, 255], Gen.ULong).Sample(
            (size, amplitude, seed) =>
            {
                // A crop's pixels are a square, whose last draw may be for fewer than four.
                var pixels = Pixels(size, seed);
                var (draws, bits) = (new SeededRandom(seed), 0UL);
                var expected = pixels.Select((pixel, i) =>
                {
                    bits = i % 4 == 0 ? draws.NextBits() : bits >> 16;
                    return pixel + ((short)(ushort)bits * (amplitude / 32768));
                }).ToArray();
                var random = new SeededRandom(seed);

                CropDegradation.AddNoise(pixels, amplitude, random);

                AssertSameBits(expected, pixels);
                Assert.Equal(draws.NextBits(), random.NextBits());
            },
            iter: Iterations);

    private static float[] Warped(byte[] patch, CropSettings settings, bool flip, double shiftX, double shiftY, double scale, double degrees, double stretch, double shear)
    {
        var (size, width) = (settings.Size, settings.PatchSize);
        var (sin, cos) = Math.SinCos(degrees * (Math.PI / 180));
        var mirror = flip ? -1 : 1;
        var (alongX, alongY, acrossX, acrossY) = (mirror * scale * cos, scale * sin, mirror * scale * -sin, scale * cos);
        var factor = Math.Exp(stretch);
        var (xx, xy) = ((float)(alongX * factor), (float)((alongX * shear) + (acrossX / factor)));
        var (yx, yy) = ((float)(alongY * factor), (float)((alongY * shear) + (acrossY / factor)));
        var (half, center) = ((size - 1) / 2f, (width - 1) / 2f);
        var pixels = new float[size * size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (row, column) = (i / size, i % size);
            var x = Math.Clamp(center + (float)(shiftX * size) + (xy * (row - half)) + (xx * (column - half)), 0, width - 1f);
            var y = Math.Clamp(center + (float)(shiftY * size) + (yy * (row - half)) + (yx * (column - half)), 0, width - 1f);
            var (left, top) = (Math.Min((int)x, width - 2), Math.Min((int)y, width - 2));
            var (right, down) = (x - left, y - top);
            float Gray(int beside, int under) => patch[((top + under) * width) + left + beside];
            var above = Gray(0, 0) + (right * (Gray(1, 0) - Gray(0, 0)));
            var below = Gray(0, 1) + (right * (Gray(1, 1) - Gray(0, 1)));
            pixels[i] = above + (down * (below - above));
        }

        return pixels;
    }

    /// <summary>Blurred one way: along rows with a step of 1, along columns with one of a row.</summary>
    private static float[] Blurred(float[] pixels, int size, int step, float weight) =>
        [.. pixels.Select((here, i) =>
        {
            var place = i / step % size;
            var before = pixels[place == 0 ? i : i - step];
            var after = pixels[place == size - 1 ? i : i + step];
            return here + (weight * (before - here + (after - here)));
        })];

    /// <summary>Noise, with whole areas of black and white as photos have them.</summary>
    private static byte[] Patch(CropSettings settings, ulong seed)
    {
        var random = new SeededRandom(seed);
        var patch = new byte[settings.PatchSize * settings.PatchSize];
        foreach (ref var pixel in patch.AsSpan())
        {
            pixel = (byte)Math.Clamp(random.Next(-200, 456), 0, 255);
        }

        return patch;
    }

    private static float[] Pixels(int size, ulong seed)
    {
        var random = new SeededRandom(seed);
        var pixels = new float[size * size];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (float)random.NextBetween(0, 255);
        }

        return pixels;
    }

    private static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, uint>(expected), MemoryMarshal.Cast<float, uint>(actual));
}
