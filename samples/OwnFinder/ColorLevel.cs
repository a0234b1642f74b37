using System.Numerics;
using CrossStitch.Faces;

namespace OwnFinder;

/// <summary>A photo in another size: red, green and blue from -1 to 1, each the mean of the area that it covers.</summary>
internal sealed class ColorLevel
{
    /// <summary>Numbers of a pixel.</summary>
    public const int Channels = 3;

    private readonly float[] _values;

    /// <summary>Makes a level.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="scale">Pixels here for a pixel of the photo.</param>
    public ColorLevel(PhotoPixels photo, float scale)
    {
        Scale = scale;
        (Width, Height) = (Math.Max(1, (int)MathF.Round(photo.Width * scale)), Math.Max(1, (int)MathF.Round(photo.Height * scale)));
        _values = new float[Width * Height * Channels];
        var size = photo.BytesPerPixel;
        var (red, green, blue) = photo.Format switch
        {
            PixelFormat.Gray => (0, 0, 0),
            PixelFormat.Bgr or PixelFormat.Bgra => (2, 1, 0),
            _ => (0, 1, 2),
        };
        var across = Covers(photo.Width, Width);
        var down = Covers(photo.Height, Height);
        var row = new float[photo.Width * size];
        for (var y = 0; y < Height; y++)
        {
            Array.Clear(row);
            var (top, heights) = down[y];
            for (var i = 0; i < heights.Length; i++)
            {
                Add(photo.Row(top + i), heights[i], row);
            }

            var to = _values.AsSpan(y * Width * Channels, Width * Channels);
            for (var x = 0; x < Width; x++)
            {
                var (left, widths) = across[x];
                var (r, g, b) = (0f, 0f, 0f);
                for (var i = 0; i < widths.Length; i++)
                {
                    var at = (left + i) * size;
                    r += widths[i] * row[at + red];
                    g += widths[i] * row[at + green];
                    b += widths[i] * row[at + blue];
                }

                (to[x * Channels], to[(x * Channels) + 1], to[(x * Channels) + 2]) = ((r / 127.5f) - 1, (g / 127.5f) - 1, (b / 127.5f) - 1);
            }
        }
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Pixels here for a pixel of the photo.</summary>
    public float Scale { get; }

    /// <summary>Copies a square; what of it lies outside the photo is black.</summary>
    /// <param name="left">Its left edge.</param>
    /// <param name="top">Its top edge.</param>
    /// <param name="side">Its side.</param>
    /// <param name="square">Receives side × side × 3 numbers.</param>
    public void CopyTo(int left, int top, int side, Span<float> square)
    {
        square.Fill(-1);
        var columns = Math.Min(side, Width - left);
        for (var y = 0; y < Math.Min(side, Height - top); y++)
        {
            _values.AsSpan((((top + y) * Width) + left) * Channels, columns * Channels).CopyTo(square[(y * side * Channels)..]);
        }
    }

    /// <summary>For each pixel of a shorter row, the first one of the longer row that it covers a part of, and the shares of it and the next ones in it.</summary>
    private static (int First, float[] Shares)[] Covers(int from, int to)
    {
        var step = (double)from / to;
        return [.. Enumerable.Range(0, to).Select(i =>
        {
            var (begin, end) = (i * step, (i + 1) * step);
            var first = (int)begin;
            var last = Math.Clamp((int)Math.Ceiling(end) - 1, first, from - 1);
            return (first, Enumerable.Range(first, last - first + 1).Select(at => (float)((Math.Min(at + 1, end) - Math.Max(at, begin)) / step)).ToArray());
        })];
    }

    private static void Add(ReadOnlySpan<byte> bytes, float weight, Span<float> sums)
    {
        var i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out var low, out var high);
            Vector.Widen(low, out var a, out var b);
            Vector.Widen(high, out var c, out var d);
            var at = sums[i..];
            var lanes = Vector<float>.Count;
            AddTo(a, weight, at);
            AddTo(b, weight, at[lanes..]);
            AddTo(c, weight, at[(2 * lanes)..]);
            AddTo(d, weight, at[(3 * lanes)..]);
        }

        for (; i < bytes.Length; i++)
        {
            sums[i] += weight * bytes[i];
        }
    }

    private static void AddTo(Vector<uint> values, float weight, Span<float> sums) =>
        (new Vector<float>(sums) + (weight * Vector.ConvertToSingle(Vector.AsVectorInt32(values)))).CopyTo(sums);
}
