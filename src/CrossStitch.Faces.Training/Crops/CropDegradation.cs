using System.Numerics;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>What spoils a picture, in place: blur, noise, something in front of the face.</summary>
internal static class CropDegradation
{
    /// <summary>Pixels of a row that are blurred together: more than most rows have.</summary>
    private const int Run = 256;

    /// <summary>Blurs with weights (w, 1 − 2w, w) along rows, then along columns; edge pixels go on beyond the edge.</summary>
    /// <param name="pixels">A crop.</param>
    /// <param name="size">Pixels across it.</param>
    /// <param name="weight">w, at most 1/3.</param>
    public static void Blur(Span<float> pixels, int size, float weight)
    {
        // What a run of pixels was before it was blurred, with a neighbour at either end.
        Span<float> run = stackalloc float[Math.Min(size, Run) + 2];
        for (var y = 0; y < size; y++)
        {
            var row = pixels.Slice(y * size, size);
            run[0] = row[0];
            for (var first = 0; first < size; first += Run)
            {
                var columns = Math.Min(Run, size - first);
                row.Slice(first, columns).CopyTo(run[1..]);
                run[columns + 1] = row[Math.Min(first + columns, size - 1)];
                Blend(run, run[1..], run[2..], weight, row.Slice(first, columns));
                run[0] = run[columns];
            }
        }

        Span<float> here = stackalloc float[Math.Min(size, Run)];
        for (var first = 0; first < size; first += Run)
        {
            var columns = Math.Min(Run, size - first);
            var above = run[..columns];
            pixels.Slice(first, columns).CopyTo(above);
            for (var y = 0; y < size; y++)
            {
                var row = pixels.Slice((y * size) + first, columns);
                var below = pixels.Slice((Math.Min(y + 1, size - 1) * size) + first, columns);
                row.CopyTo(here);
                Blend(above, here, below, weight, row);
                here[..columns].CopyTo(above);
            }
        }
    }

    /// <summary>Adds to each pixel a number evenly spread over ±amplitude; four pixels share one draw.</summary>
    /// <param name="pixels">A crop.</param>
    /// <param name="amplitude">Gray levels.</param>
    /// <param name="random">Where the noise comes from.</param>
    public static void AddNoise(Span<float> pixels, float amplitude, SeededRandom random)
    {
        var scale = amplitude / 32768;
        for (; pixels.Length >= 4; pixels = pixels[4..])
        {
            var bits = random.NextBits();
            pixels[0] += (short)(ushort)bits * scale;
            pixels[1] += (short)(ushort)(bits >> 16) * scale;
            pixels[2] += (short)(ushort)(bits >> 32) * scale;
            pixels[3] += (short)(ushort)(bits >> 48) * scale;
        }

        var left = pixels.IsEmpty ? 0 : random.NextBits();
        foreach (ref var pixel in pixels)
        {
            pixel += (short)(ushort)left * scale;
            left >>= 16;
        }
    }

    /// <summary>Hides a rectangle behind one gray.</summary>
    /// <param name="pixels">A crop.</param>
    /// <param name="size">Pixels across it.</param>
    /// <param name="longest">Longest side in box widths.</param>
    /// <param name="random">Where and what it is.</param>
    public static void Occlude(Span<float> pixels, int size, double longest, SeededRandom random)
    {
        var most = Math.Max(1, (int)(longest * size));
        var width = random.Next(1, most + 1);
        var height = random.Next(1, most + 1);
        var left = random.Next(0, size - width + 1);
        var top = random.Next(0, size - height + 1);
        var gray = (float)random.NextBetween(0, 255);
        for (var y = top; y < top + height; y++)
        {
            pixels.Slice((y * size) + left, width).Fill(gray);
        }
    }

    /// <summary>here + w·((before − here) + (after − here)). The result may lie where <paramref name="after"/> does, but not where the others do.</summary>
    private static void Blend(ReadOnlySpan<float> before, ReadOnlySpan<float> here, ReadOnlySpan<float> after, float weight, Span<float> result)
    {
        var i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var middle = new Vector<float>(here[i..]);
            var change = new Vector<float>(before[i..]) - middle + (new Vector<float>(after[i..]) - middle);
            (middle + (weight * change)).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            result[i] = here[i] + (weight * (before[i] - here[i] + (after[i] - here[i])));
        }
    }
}
