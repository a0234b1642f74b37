using System.Buffers;
using System.Numerics;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// Makes a gray photo smaller or larger by a tent filter, down and then across: as <see cref="FaceCropper"/> resamples a crop,
/// but a row at a time, so that a large photo takes no room beside its result.
/// </summary>
internal static class LevelScaler
{
    /// <summary>Resamples a photo.</summary>
    /// <param name="photo">Gray.</param>
    /// <param name="scale">Pixels of the photo in a pixel of the result.</param>
    public static GrayLevel Scale(PhotoPixels photo, float scale)
    {
        var (width, height) = (Length(photo.Width, scale), Length(photo.Height, scale));
        var pixels = ArrayPool<byte>.Shared.Rent(width * height);
        var sums = ArrayPool<float>.Shared.Rent(photo.Width);
        using var rows = new AxisWeights(0, scale, 0, height, photo.Height);
        using var columns = new AxisWeights(0, scale, 0, width, photo.Width);
        try
        {
            for (var y = 0; y < height; y++)
            {
                var sum = sums.AsSpan(0, photo.Width);
                sum.Clear();
                var weights = rows.Weights(y);
                for (var tap = 0; tap < weights.Length; tap++)
                {
                    Add(photo.Row(rows.First(y) + tap), weights[tap], sum);
                }

                Across(sum, columns, pixels.AsSpan(y * width, width));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(sums);
        }

        return new GrayLevel(pixels, width, height, scale);
    }

    private static int Length(int pixels, float scale) => Math.Max(1, (int)MathF.Ceiling((pixels / scale) - 0.25f));

    private static void Add(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        var x = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; x + Vector<byte>.Count <= row.Length; x += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(row[x..]), out var low, out var high);
                Add(low, weight, sums[x..]);
                Add(high, weight, sums[(x + Vector<ushort>.Count)..]);
            }
        }

        for (; x < row.Length; x++)
        {
            sums[x] += weight * row[x];
        }
    }

    private static void Add(Vector<ushort> pixels, float weight, Span<float> sums)
    {
        Vector.Widen(pixels, out var low, out var high);
        (new Vector<float>(sums) + (weight * Vector.ConvertToSingle(Vector.AsVectorInt32(low)))).CopyTo(sums);
        var rest = sums[Vector<float>.Count..];
        (new Vector<float>(rest) + (weight * Vector.ConvertToSingle(Vector.AsVectorInt32(high)))).CopyTo(rest);
    }

    private static void Across(ReadOnlySpan<float> sums, AxisWeights columns, Span<byte> to)
    {
        for (var x = 0; x < to.Length; x++)
        {
            var weights = columns.Weights(x);
            var taps = sums.Slice(columns.First(x), weights.Length);
            float sum = 0;
            for (var tap = 0; tap < taps.Length; tap++)
            {
                sum += weights[tap] * taps[tap];
            }

            to[x] = (byte)(sum + 0.5f);
        }
    }
}
