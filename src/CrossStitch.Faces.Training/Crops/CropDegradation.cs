using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>What spoils a picture, in place: blur, noise, something in front of the face.</summary>
internal static class CropDegradation
{
    /// <summary>Blurs with weights (w, 1 − 2w, w) along rows, then along columns; edge pixels go on beyond the edge.</summary>
    /// <param name="pixels">A crop.</param>
    /// <param name="size">Pixels across it.</param>
    /// <param name="weight">w, at most 1/3.</param>
    public static void Blur(Span<float> pixels, int size, float weight)
    {
        for (var y = 0; y < size; y++)
        {
            var row = pixels.Slice(y * size, size);
            var before = row[0];
            for (var x = 0; x < size; x++)
            {
                var here = row[x];
                var after = row[Math.Min(x + 1, size - 1)];
                row[x] = here + (weight * (before - here + (after - here)));
                before = here;
            }
        }

        Span<float> above = stackalloc float[Math.Min(size, 256)];
        for (var first = 0; first < size; first += above.Length)
        {
            var columns = Math.Min(above.Length, size - first);
            pixels.Slice(first, columns).CopyTo(above);
            for (var y = 0; y < size; y++)
            {
                var row = pixels.Slice((y * size) + first, columns);
                var below = pixels.Slice((Math.Min(y + 1, size - 1) * size) + first, columns);
                for (var x = 0; x < columns; x++)
                {
                    var here = row[x];
                    row[x] = here + (weight * (above[x] - here + (below[x] - here)));
                    above[x] = here;
                }
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
        var bits = 0UL;
        for (var i = 0; i < pixels.Length; i++)
        {
            bits = i % 4 == 0 ? random.NextBits() : bits >> 16;
            pixels[i] += (short)(ushort)bits * scale;
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
}
