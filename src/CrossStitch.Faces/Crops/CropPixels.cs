using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Crops;

/// <summary>From patches to the pixels that a network sees.</summary>
public static class CropPixels
{
    /// <summary>
    /// How networks take a face, as a model file says it: the gray levels of the box, which is a detector's longer side squared
    /// or fitted to be like one, without the margin that a patch keeps for augmentation; standardised, so that light and
    /// contrast do not matter. A crop that varies by less than half a gray level has no picture to speak of, and becomes all
    /// zeros rather than blown-up noise.
    /// </summary>
    public static InputFormat Format { get; } = new()
    {
        Channels = ["gray"],
        High = byte.MaxValue,
        Standardized = true,
        MinimumDeviation = 0.5f,
        Crop = new CropFormat("square-detector-box", Margin: 0, Resampling.Tent, EdgeHandling.Replicate),
    };

    /// <summary>The same where a network sees the middle of the box alone: the margin is below zero.</summary>
    /// <param name="settings">How the box is cropped.</param>
    public static InputFormat FormatOf(CropSettings settings) => Format with { Crop = Format.Crop! with { Margin = 0 - ((float)settings.Inset / settings.Size) } };

    /// <summary>
    /// The same of a second look: the gray levels of the frame in which the points that a first look found lie nearest to a shape.
    /// The frame's patch is cut as a box is, along the picture, and turned upright in a second, bilinear step.
    /// </summary>
    /// <param name="shape">Where the points lie in the frame, in units of its side.</param>
    public static InputFormat AlignedFormat(FaceLandmarks shape)
    {
        var numbers = new float[FaceLandmarks.Numbers];
        shape.CopyTo(numbers);
        return Format with { Crop = Format.Crop! with { Region = CropFormat.AlignedRegion, Points = numbers } };
    }

    /// <summary>Takes the frame out of a patch: gray levels, 0..255, row by row.</summary>
    /// <param name="patch">The patch, cut along the picture.</param>
    /// <param name="settings">How it was cropped.</param>
    /// <param name="degrees">How far the frame is turned in it.</param>
    /// <param name="pixels">Room for <see cref="CropSettings.Input"/> squared numbers.</param>
    /// <exception cref="ArgumentException">The patch or the room is of another size.</exception>
    internal static void ExtractTurned(ReadOnlySpan<byte> patch, CropSettings settings, float degrees, Span<float> pixels)
    {
        Check(patch, settings, pixels);
        new CropWarp(flip: false, 0, 0, 1, 0).Sample(patch, settings, pixels, degrees);
    }

    /// <summary>Copies the box out of a patch: gray levels, 0..255, row by row.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="settings">How it was cropped.</param>
    /// <param name="pixels">Room for <see cref="CropSettings.Input"/> squared numbers.</param>
    /// <exception cref="ArgumentException">The patch or the room is of another size.</exception>
    public static void Extract(ReadOnlySpan<byte> patch, CropSettings settings, Span<float> pixels)
    {
        Check(patch, settings, pixels);
        var (size, first) = (settings.Input, settings.Margin + settings.Inset);
        for (var y = 0; y < size; y++)
        {
            var from = patch.Slice(((first + y) * settings.PatchSize) + first, size);
            var to = pixels.Slice(y * size, size);
            for (var x = 0; x < size; x++)
            {
                to[x] = from[x];
            }
        }
    }

    internal static void Check(ReadOnlySpan<byte> patch, CropSettings settings, Span<float> pixels)
    {
        if (patch.Length != settings.PatchSize * settings.PatchSize || pixels.Length != settings.Input * settings.Input)
        {
            throw new ArgumentException(
                $"A patch has {settings.PatchSize} squared and a crop {settings.Input} squared pixels, "
                + $"not {patch.Length} and {pixels.Length}.");
        }
    }
}
