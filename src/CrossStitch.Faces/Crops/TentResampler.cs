using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Faces.Crops;

/// <summary>
/// Resamples a part of a photo, across and then down. Eight rows are done at a time, one in each lane of a vector: every
/// pixel is the same sum, in the same order, as one row alone would give.
/// </summary>
internal static class TentResampler
{
    /// <summary>Rows that are done at a time.</summary>
    private const int Lanes = 8;

    /// <summary>Resamples.</summary>
    /// <param name="photo">The photo; colours become gray levels first.</param>
    /// <param name="columns">What the columns of the result take.</param>
    /// <param name="rows">What its rows take.</param>
    /// <param name="result">Receives rows × columns gray levels, whole numbers from 0 to 255, row by row.</param>
    public static void Resample(PhotoPixels photo, AxisWeights columns, AxisWeights rows, Span<float> result)
    {
        var count = rows.End - rows.Begin;
        var across = ArrayPool<float>.Shared.Rent((count + Lanes) * columns.Count);
        try
        {
            Across(photo, columns, rows, across);
            Down(across, rows, columns.Count, result);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(across);
        }
    }

    // The photo's rows that are needed, each resampled to the result's columns.
    private static void Across(PhotoPixels photo, AxisWeights columns, AxisWeights rows, Span<float> across)
    {
        var width = columns.End - columns.Begin;
        var stripWidth = width + Lanes;
        var grayRoom = ArrayPool<byte>.Shared.Rent(Lanes * stripWidth);
        var turnedRoom = ArrayPool<float>.Shared.Rent(Lanes * stripWidth);
        var gray = grayRoom.AsSpan(0, Lanes * stripWidth);
        var turned = MemoryMarshal.Cast<float, Vector256<float>>(turnedRoom.AsSpan(0, Lanes * stripWidth));
        try
        {
            for (var y = rows.Begin; y < rows.End; y += Lanes)
            {
                for (var lane = 0; lane < Lanes; lane++)
                {
                    // After the last row, it is repeated: those lanes are overwritten or left unread.
                    var row = photo.Row(Math.Min(y + lane, rows.End - 1));
                    Luma.Convert(row[(columns.Begin * photo.BytesPerPixel)..], photo.Format, gray.Slice(lane * stripWidth, width));
                }

                Turn(gray, stripWidth, width, turned);
                Across(turned, columns, across[((y - rows.Begin) * columns.Count)..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(grayRoom);
            ArrayPool<float>.Shared.Return(turnedRoom);
        }
    }

    private static void Across(ReadOnlySpan<Vector256<float>> turned, AxisWeights columns, Span<float> across)
    {
        var count = columns.Count;
        for (var x = 0; x < count; x++)
        {
            var weights = columns.Weights(x);
            var pixels = turned.Slice(columns.First(x) - columns.Begin, weights.Length);
            var sum = Vector256<float>.Zero;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += Vector256.Create(weights[tap]) * pixels[tap];
            }

            for (var lane = 0; lane < Lanes; lane++)
            {
                across[(lane * count) + x] = sum[lane];
            }
        }
    }

    /// <summary>Eight rows of gray levels to a vector a column.</summary>
    private static void Turn(ReadOnlySpan<byte> gray, int stripWidth, int width, Span<Vector256<float>> turned)
    {
        Span<ulong> block = stackalloc ulong[Lanes];
        for (var x = 0; x < width; x += Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                block[lane] = MemoryMarshal.Read<ulong>(gray[((lane * stripWidth) + x)..]);
            }

            Swap(block, 4, 0x00000000FFFFFFFF);
            Swap(block, 2, 0x0000FFFF0000FFFF);
            Swap(block, 1, 0x00FF00FF00FF00FF);
            for (var column = 0; column < Lanes; column++)
            {
                var levels = Vector128.WidenLower(Vector128.CreateScalar(block[column]).AsByte());
                turned[x + column] = Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(levels), Vector128.WidenUpper(levels)).AsInt32());
            }
        }
    }

    /// <summary>One of the three steps that turn a block of 8×8 bytes: squares of so many bytes swap places.</summary>
    private static void Swap(Span<ulong> block, int bytes, ulong mask)
    {
        for (var i = 0; i < Lanes; i++)
        {
            if ((i & bytes) == 0)
            {
                var swapped = ((block[i] >> (8 * bytes)) ^ block[i + bytes]) & mask;
                block[i + bytes] ^= swapped;
                block[i] ^= swapped << (8 * bytes);
            }
        }
    }

    private static void Down(ReadOnlySpan<float> across, AxisWeights rows, int width, Span<float> result)
    {
        for (var y = 0; y < rows.Count; y++)
        {
            var sums = result.Slice(y * width, width);
            sums.Clear();
            var weights = rows.Weights(y);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                Add(across.Slice((rows.First(y) + tap - rows.Begin) * width, width), weights[tap], sums);
            }

            foreach (ref var sum in sums)
            {
                sum = Math.Clamp(MathF.Round(sum), 0, 255);
            }
        }
    }

    private static void Add(ReadOnlySpan<float> row, float weight, Span<float> sums)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(sums);
        var from = MemoryMarshal.Cast<float, Vector256<float>>(row);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] += Vector256.Create(weight) * from[i];
        }

        for (var x = vectors.Length * Vector256<float>.Count; x < sums.Length; x++)
        {
            sums[x] += weight * row[x];
        }
    }
}
