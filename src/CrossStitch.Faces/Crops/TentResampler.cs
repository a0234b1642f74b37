using System.Buffers;
using System.Runtime.CompilerServices;
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
        var turnedRoom = ArrayPool<float>.Shared.Rent(Lanes * (stripWidth + columns.Count));
        var gray = grayRoom.AsSpan(0, Lanes * stripWidth);
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(turnedRoom.AsSpan(0, Lanes * (stripWidth + columns.Count)));
        var turned = vectors[..stripWidth];
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
                Across(turned, columns, vectors[stripWidth..], across[((y - rows.Begin) * columns.Count)..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(grayRoom);
            ArrayPool<float>.Shared.Return(turnedRoom);
        }
    }

    private static void Across(ReadOnlySpan<Vector256<float>> turned, AxisWeights columns, Span<Vector256<float>> sums, Span<float> across)
    {
        for (var x = 0; x < sums.Length; x++)
        {
            var weights = columns.Weights(x);
            var pixels = turned.Slice(columns.First(x) - columns.Begin, weights.Length);
            var sum = Vector256<float>.Zero;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += Vector256.Create(weights[tap]) * pixels[tap];
            }

            sums[x] = sum;
        }

        var lanes = MemoryMarshal.Cast<Vector256<float>, float>(sums);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var row = across.Slice(lane * sums.Length, sums.Length);
            var from = lanes[lane..];
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = from[x * Lanes];
            }
        }
    }

    /// <summary>Eight rows of gray levels to a vector a column.</summary>
    private static void Turn(ReadOnlySpan<byte> gray, int stripWidth, int width, Span<Vector256<float>> turned)
    {
        for (var x = 0; x < width; x += Lanes)
        {
            var block = gray.Slice(x, (7 * stripWidth) + sizeof(ulong));
            var a = MemoryMarshal.Read<ulong>(block);
            var b = MemoryMarshal.Read<ulong>(block[stripWidth..]);
            var c = MemoryMarshal.Read<ulong>(block[(2 * stripWidth)..]);
            var d = MemoryMarshal.Read<ulong>(block[(3 * stripWidth)..]);
            var e = MemoryMarshal.Read<ulong>(block[(4 * stripWidth)..]);
            var f = MemoryMarshal.Read<ulong>(block[(5 * stripWidth)..]);
            var g = MemoryMarshal.Read<ulong>(block[(6 * stripWidth)..]);
            var h = MemoryMarshal.Read<ulong>(block[(7 * stripWidth)..]);

            // A block of 8×8 bytes is turned in three steps: squares of 4×4, of 2×2, and single bytes swap places.
            Swap(ref a, ref e, 32, 0x00000000FFFFFFFF);
            Swap(ref b, ref f, 32, 0x00000000FFFFFFFF);
            Swap(ref c, ref g, 32, 0x00000000FFFFFFFF);
            Swap(ref d, ref h, 32, 0x00000000FFFFFFFF);
            Swap(ref a, ref c, 16, 0x0000FFFF0000FFFF);
            Swap(ref b, ref d, 16, 0x0000FFFF0000FFFF);
            Swap(ref e, ref g, 16, 0x0000FFFF0000FFFF);
            Swap(ref f, ref h, 16, 0x0000FFFF0000FFFF);
            Swap(ref a, ref b, 8, 0x00FF00FF00FF00FF);
            Swap(ref c, ref d, 8, 0x00FF00FF00FF00FF);
            Swap(ref e, ref f, 8, 0x00FF00FF00FF00FF);
            Swap(ref g, ref h, 8, 0x00FF00FF00FF00FF);

            var columns = turned.Slice(x, Lanes);
            columns[0] = Widen(a);
            columns[1] = Widen(b);
            columns[2] = Widen(c);
            columns[3] = Widen(d);
            columns[4] = Widen(e);
            columns[5] = Widen(f);
            columns[6] = Widen(g);
            columns[7] = Widen(h);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref ulong first, ref ulong second, int bits, ulong mask)
    {
        var swapped = ((first >> bits) ^ second) & mask;
        second ^= swapped;
        first ^= swapped << bits;
    }

    /// <summary>Eight bytes to numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(ulong bytes)
    {
        var levels = Vector128.WidenLower(Vector128.CreateScalar(bytes).AsByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(levels), Vector128.WidenUpper(levels)).AsInt32());
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

            Round(sums);
        }
    }

    /// <summary>To whole gray levels; halves to the even one.</summary>
    private static void Round(Span<float> sums)
    {
        var (least, most) = (Vector256<float>.Zero, Vector256.Create((float)byte.MaxValue));
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(sums);
        foreach (ref var vector in vectors)
        {
            vector = Vector256.Clamp(Vector256.Round(vector), least, most);
        }

        foreach (ref var sum in sums[(vectors.Length * Vector256<float>.Count)..])
        {
            sum = Math.Clamp(MathF.Round(sum), 0, byte.MaxValue);
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
