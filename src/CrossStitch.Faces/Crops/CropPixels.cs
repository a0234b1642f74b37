using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Faces.Crops;

/// <summary>From patches to the pixels that a network sees.</summary>
public static class CropPixels
{
    /// <summary>
    /// Standard deviation in gray levels, 0..255: below it a crop has no picture to speak of, and its noise is not blown up.
    /// </summary>
    public const float FlatDeviation = 0.5f;

    /// <summary>Copies the box out of a patch: gray levels, 0..255, row by row.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="settings">How it was cropped.</param>
    /// <param name="pixels">Room for <see cref="CropSettings.Size"/> squared numbers.</param>
    /// <exception cref="ArgumentException">The patch or the room is of another size.</exception>
    public static void Extract(ReadOnlySpan<byte> patch, CropSettings settings, Span<float> pixels)
    {
        Check(patch, settings, pixels);
        var size = settings.Size;
        for (var y = 0; y < size; y++)
        {
            var from = patch.Slice(((settings.Margin + y) * settings.PatchSize) + settings.Margin, size);
            var to = pixels.Slice(y * size, size);
            for (var x = 0; x < size; x++)
            {
                to[x] = from[x];
            }
        }
    }

    /// <summary>
    /// Shifts and scales a crop's gray levels to mean 0 and variance 1, in place, so that light and contrast do not
    /// matter. A flat crop becomes all zeros rather than blown-up rounding noise.
    /// </summary>
    /// <param name="pixels">One crop.</param>
    public static void Normalize(Span<float> pixels)
    {
        var mean = Sum(pixels, 0, squared: false) / pixels.Length;
        var deviation = MathF.Sqrt(Sum(pixels, mean, squared: true) / pixels.Length);
        var scale = deviation < FlatDeviation ? 0 : 1 / deviation;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(pixels);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = (vectors[i] - new Vector<float>(mean)) * scale;
        }

        for (var i = vectors.Length * Vector<float>.Count; i < pixels.Length; i++)
        {
            pixels[i] = (pixels[i] - mean) * scale;
        }
    }

    internal static void Check(ReadOnlySpan<byte> patch, CropSettings settings, Span<float> pixels)
    {
        if (patch.Length != settings.PatchSize * settings.PatchSize || pixels.Length != settings.Size * settings.Size)
        {
            throw new ArgumentException(
                $"A patch has {settings.PatchSize} squared and a crop {settings.Size} squared pixels, "
                + $"not {patch.Length} and {pixels.Length}.");
        }
    }

    private static float Sum(ReadOnlySpan<float> values, float center, bool squared)
    {
        // Always in eight lanes, whatever the machine's width, so that the rounding is the same everywhere.
        var whole = values.Length - (values.Length % 8);
        var total = Vector256<float>.Zero;
        var middle = Vector256.Create(center);
        for (var i = 0; i < whole; i += 8)
        {
            var difference = Vector256.Create(values.Slice(i, 8)) - middle;
            total += squared ? difference * difference : difference;
        }

        var sum = 0f;
        for (var lane = 0; lane < 8; lane++)
        {
            sum += total[lane];
        }

        for (var i = whole; i < values.Length; i++)
        {
            var difference = values[i] - center;
            sum += squared ? difference * difference : difference;
        }

        return sum;
    }
}
