using System.Buffers;

namespace CrossStitch.Faces.Crops;

/// <summary>
/// Cuts the patch of a face out of a gray picture. Safe to use from several threads.
/// </summary>
/// <remarks>
/// <para>
/// Where pixels are: image pixel k covers [k, k + 1) of <see cref="FaceBox"/>'s coordinates, and the centre of patch
/// pixel (i, j) is at box units ((i − Margin + 0.5) / Size, (j − Margin + 0.5) / Size). A landmark at box units u is
/// therefore at u · Size + Margin from the left edge of the patch.
/// </para>
/// <para>
/// Resampling is by a tent filter in x, then y, in single precision: bilinear where the box is smaller than the crop,
/// a weighted mean over two crop pixels where it is larger, so that fine detail is averaged instead of aliased. The
/// picture goes on beyond its edges with copies of its edge pixels.
/// </para>
/// </remarks>
public sealed class FaceCropper
{
    /// <summary>The largest patch, in pixels across.</summary>
    internal const int MaxPatchSize = 4096;

    /// <summary>Boxes beyond this are no face's; it bounds the work of a crop.</summary>
    private const float MaxExtent = 4_000_000;

    /// <summary>Creates a cropper.</summary>
    /// <param name="settings">How to crop.</param>
    /// <exception cref="ArgumentException">The settings make no patch, or a gigantic one.</exception>
    public FaceCropper(CropSettings settings)
    {
        if (settings.Size < 1 || settings.Margin < 0 || settings.Inset < 0 || settings.Input < 1 || settings.Size > MaxPatchSize || settings.Margin > MaxPatchSize)
        {
            throw new ArgumentException(
                $"A crop of {settings.Size} pixels with a margin of {settings.Margin}: the size must be from 1 to {MaxPatchSize}, the margin from 0.",
                nameof(settings));
        }

        Settings = settings;
    }

    /// <summary>How it crops.</summary>
    public CropSettings Settings { get; }

    /// <summary>Cuts a patch.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="box">Where the face is in it; it may leave the picture.</param>
    /// <param name="patch">Room for the patch: <see cref="CropSettings.PatchSize"/> squared bytes, row by row.</param>
    /// <exception cref="ArgumentException">The box is no box, or the room is not of the size of a patch.</exception>
    public void Crop(GrayImage image, FaceBox box, Span<byte> patch) => Crop(image.Pixels, box, patch);

    /// <summary>The same of a photo; colours become gray levels.</summary>
    internal void Crop(PhotoPixels photo, FaceBox box, Span<byte> patch)
    {
        var size = Settings.PatchSize;
        if (patch.Length != size * size)
        {
            throw new ArgumentException($"A patch takes {size * size} bytes, not {patch.Length}.", nameof(patch));
        }

        Check(box);
        var room = ArrayPool<float>.Shared.Rent(patch.Length);
        try
        {
            var pixels = room.AsSpan(0, patch.Length);
            Cut(photo, box, 0, size, pixels);
            for (var i = 0; i < pixels.Length; i++)
            {
                patch[i] = (byte)pixels[i];
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(room);
        }
    }

    /// <summary>Cuts what <see cref="CropPixels.Extract"/> takes of a patch, to the same bit.</summary>
    /// <param name="photo">The photo; colours become gray levels.</param>
    /// <param name="box">Where the face is in it; <see cref="CanCut"/>.</param>
    /// <param name="pixels">Room for <see cref="CropSettings.Input"/> squared gray levels, 0 to 255.</param>
    internal void CropBox(PhotoPixels photo, FaceBox box, Span<float> pixels) => Cut(photo, box, Settings.Margin + Settings.Inset, Settings.Input, pixels);

    /// <summary>Whether a box can be cropped: it has a side, and is not beyond all photos.</summary>
    /// <param name="box">The box.</param>
    internal static bool CanCut(FaceBox box) =>
        box.Side > 0 && box.Side <= MaxExtent && MathF.Abs(box.CenterX) <= MaxExtent && MathF.Abs(box.CenterY) <= MaxExtent;

    /// <summary>Refuses what is no box.</summary>
    /// <param name="box">The box.</param>
    /// <exception cref="ArgumentException">It cannot be cropped.</exception>
    internal static void Check(FaceBox box)
    {
        if (!CanCut(box))
        {
            throw new ArgumentException($"{box} is not a box that can be cropped.", nameof(box));
        }
    }

    private void Cut(PhotoPixels photo, FaceBox box, int skip, int count, Span<float> pixels)
    {
        var step = (double)box.Side / Settings.Size;
        using var columns = new AxisWeights(box.Left - (Settings.Margin * step), step, skip, count, photo.Width);
        using var rows = new AxisWeights(box.Top - (Settings.Margin * step), step, skip, count, photo.Height);
        TentResampler.Resample(photo, columns, rows, pixels);
    }
}
