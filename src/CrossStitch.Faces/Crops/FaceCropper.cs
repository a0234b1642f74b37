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
    private const int MaxPatchSize = 4096;

    /// <summary>Boxes beyond this are no face's; it bounds the work of a crop.</summary>
    private const float MaxExtent = 4_000_000;

    /// <summary>Creates a cropper.</summary>
    /// <param name="settings">How to crop.</param>
    /// <exception cref="ArgumentException">The settings make no patch, or a gigantic one.</exception>
    public FaceCropper(CropSettings settings)
    {
        if (settings.Size < 1 || settings.Margin < 0 || settings.Size > MaxPatchSize || settings.Margin > MaxPatchSize)
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
    public void Crop(GrayImage image, FaceBox box, Span<byte> patch)
    {
        var size = Settings.PatchSize;
        if (patch.Length != size * size)
        {
            throw new ArgumentException($"A patch takes {size * size} bytes, not {patch.Length}.", nameof(patch));
        }

        if (!(box.Side > 0 && box.Side <= MaxExtent && MathF.Abs(box.CenterX) <= MaxExtent && MathF.Abs(box.CenterY) <= MaxExtent))
        {
            throw new ArgumentException($"{box} is not a box that can be cropped.", nameof(box));
        }

        var step = (double)box.Side / Settings.Size;
        var columns = new AxisWeights(box.Left - (Settings.Margin * step), step, size, image.Width);
        var rows = new AxisWeights(box.Top - (Settings.Margin * step), step, size, image.Height);
        Down(Across(image, columns, rows), rows, size, patch);
    }

    // The image rows that are needed, each resampled to the patch's columns.
    private static float[] Across(GrayImage image, AxisWeights columns, AxisWeights rows)
    {
        var size = columns.Count;
        var resampled = new float[(rows.End - rows.Begin) * size];
        for (var y = rows.Begin; y < rows.End; y++)
        {
            var source = image.Row(y);
            var target = resampled.AsSpan((y - rows.Begin) * size, size);
            for (var x = 0; x < size; x++)
            {
                var weights = columns.Weights(x);
                var pixels = source.Slice(columns.First(x), weights.Length);
                float sum = 0;
                for (var tap = 0; tap < weights.Length; tap++)
                {
                    sum += weights[tap] * pixels[tap];
                }

                target[x] = sum;
            }
        }

        return resampled;
    }

    private static void Down(float[] resampled, AxisWeights rows, int size, Span<byte> patch)
    {
        var sums = new float[size];
        for (var y = 0; y < size; y++)
        {
            Array.Clear(sums);
            var weights = rows.Weights(y);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var row = resampled.AsSpan((rows.First(y) + tap - rows.Begin) * size, size);
                for (var x = 0; x < size; x++)
                {
                    sums[x] += weights[tap] * row[x];
                }
            }

            for (var x = 0; x < size; x++)
            {
                patch[(y * size) + x] = (byte)Math.Clamp(MathF.Round(sums[x]), 0, 255);
            }
        }
    }
}
