using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Faces;

/// <summary>Gray levels of coloured pixels: the luma of Rec. 601, of the stored (gamma-encoded) values, rounded.</summary>
internal static class Luma
{
    private const int Red = 299;
    private const int Green = 587;
    private const int Blue = 114;
    private const int Unit = 1000;

    // x / 1000 = (x / 8) · 33555 / 2^22, rounded down, for all sums that there are: up to 255 500.
    private const int EighthsShift = 3;
    private const int Reciprocal = 33555;
    private const int ReciprocalShift = 22;

    /// <summary>Pixels that a step of the vectorised loop takes.</summary>
    private const int Pixels = 32;

    /// <summary>The gray level of a pixel.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    public static byte Of(byte red, byte green, byte blue) => (byte)(((Red * red) + (Green * green) + (Blue * blue) + (Unit / 2)) / Unit);

    /// <summary>Turns a photo gray.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="gray">Receives width × height gray levels, row by row.</param>
    public static void Convert(PhotoPixels photo, Span<byte> gray)
    {
        for (var y = 0; y < photo.Height; y++)
        {
            Convert(photo.Row(y), photo.Format, gray.Slice(y * photo.Width, photo.Width));
        }
    }

    /// <summary>Turns a row, or a part of one, gray.</summary>
    /// <param name="row">The bytes of as many pixels as there is room for.</param>
    /// <param name="format">What a pixel is.</param>
    /// <param name="gray">Receives the gray levels.</param>
    public static void Convert(ReadOnlySpan<byte> row, PixelFormat format, Span<byte> gray)
    {
        if (format == PixelFormat.Gray)
        {
            row[..gray.Length].CopyTo(gray);
            return;
        }

        var size = format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;
        var blueFirst = format is PixelFormat.Bgr or PixelFormat.Bgra;
        var done = Vector128.IsHardwareAccelerated ? ConvertVectors(row, size, blueFirst, gray) : 0;
        var (red, blue) = blueFirst ? (2, 0) : (0, 2);
        for (var x = done; x < gray.Length; x++)
        {
            var pixel = row.Slice(x * size, 3);
            gray[x] = Of(pixel[red], pixel[1], pixel[blue]);
        }
    }

    /// <returns>How many pixels it has turned gray.</returns>
    private static int ConvertVectors(ReadOnlySpan<byte> row, int size, bool blueFirst, Span<byte> gray)
    {
        var (first, third) = blueFirst ? (Vector256.Create(Blue), Vector256.Create(Red)) : (Vector256.Create(Red), Vector256.Create(Blue));

        // The last vector of three-byte pixels reads four bytes more than it uses.
        var steps = Math.Min(gray.Length, (row.Length - ((4 - size) * 4)) / size) / Pixels;
        for (var step = 0; step < steps; step++)
        {
            var from = row.Slice(step * Pixels * size, (Pixels * size) + ((4 - size) * 4));
            var low = Vector256.Narrow(Eight(from, size, first, third), Eight(from[(8 * size)..], size, first, third));
            var high = Vector256.Narrow(Eight(from[(16 * size)..], size, first, third), Eight(from[(24 * size)..], size, first, third));
            Vector256.Narrow(low.AsUInt16(), high.AsUInt16()).CopyTo(gray.Slice(step * Pixels, Pixels));
        }

        return Math.Max(0, steps) * Pixels;
    }

    /// <summary>Eight pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(ReadOnlySpan<byte> from, int size, Vector256<int> first, Vector256<int> third)
    {
        var bytes = size == 4 ? Vector256.Create(from) : Vector256.Create(Spread(from), Spread(from[12..]));
        var pixels = bytes.AsInt32();
        var channel = Vector256.Create(0xFF);
        var sum = ((pixels & channel) * first) + (((pixels >>> 8) & channel) * Green) + (((pixels >>> 16) & channel) * third) + Vector256.Create(Unit / 2);
        return ((sum >>> EighthsShift) * Reciprocal) >>> ReciprocalShift;
    }

    /// <summary>Four pixels of three bytes, with room for a fourth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Spread(ReadOnlySpan<byte> from) =>
        Vector128.Shuffle(Vector128.Create(from), Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255));
}
