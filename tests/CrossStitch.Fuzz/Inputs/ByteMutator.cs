using System.Buffers.Binary;
using System.Text;
using CrossStitch.Kernels;

namespace CrossStitch.Fuzz.Inputs;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static readonly long[] Integers =
    [
        0, 1, -1, 2, 16, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 20, 1 << 24, 1 << 28, 1 << 30, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 33, 1L << 40, long.MaxValue, long.MinValue,
    ];

    private static readonly double[] Floats = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -1, 0.5, 1e30, -1e30, 3.4e38, 1e39, 1e308, 1e-40, double.Epsilon];

    /// <summary>Changes one thing.</summary>
    /// <param name="bytes">Stay as they are.</param>
    /// <param name="other">What a piece may be taken from.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Change(byte[] bytes, byte[] other, SeededRandom random)
    {
        if (bytes.Length == 0)
        {
            return [.. Enumerable.Range(0, random.Next(1, 64)).Select(_ => (byte)random.NextBits())];
        }

        var at = random.Next(0, bytes.Length);
        return random.Next(0, 14) switch
        {
            0 or 1 => Over(bytes, at, [(byte)(bytes[at] ^ (1 << random.Next(0, 8)))]),
            2 => Over(bytes, at, [(byte)random.NextBits()]),
            3 => Over(bytes, at, Enumerable.Range(0, random.Next(1, 33)).Select(_ => (byte)random.NextBits()).ToArray()),
            4 or 5 or 6 => Over(bytes, Aligned(at, random), Integer(random)),
            7 or 8 => Over(bytes, Aligned(at, random), Float(random)),
            9 => Insert(bytes, at, random.NextBool() ? Encoding.UTF8.GetBytes(OddValues.Text(random)) : Enumerable.Repeat((byte)random.NextBits(), random.Next(1, 257)).ToArray()),
            10 => Remove(bytes, at, random.Next(1, 1 + Math.Min(bytes.Length - at, random.NextBool() ? 8 : 4096))),
            11 => Insert(bytes, at, Piece(bytes, random)),
            12 => random.NextBool() ? Over(bytes, at, Piece(other, random)) : [.. bytes[..at], .. other[Math.Min(at, other.Length)..]],
            _ => random.NextBool() ? bytes[..at] : [.. bytes, .. Piece(other, random)],
        };
    }

    private static int Aligned(int at, SeededRandom random) => random.NextBool() ? at & ~3 : at;

    private static byte[] Integer(SeededRandom random)
    {
        var value = OddValues.One(random, Integers) + random.Next(-1, 2);
        var bytes = new byte[sizeof(long)];
        var length = 1 << random.Next(0, 4);
        if (random.NextBool(0.75))
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            return bytes[..length];
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes[^length..];
    }

    private static byte[] Float(SeededRandom random)
    {
        var value = OddValues.One(random, Floats);
        return random.NextBool(0.75) ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value);
    }

    private static byte[] Piece(byte[] bytes, SeededRandom random)
    {
        if (bytes.Length == 0)
        {
            return [];
        }

        var from = random.Next(0, bytes.Length);
        return bytes.AsSpan(from, random.Next(1, 1 + Math.Min(bytes.Length - from, random.NextBool() ? 16 : 4096))).ToArray();
    }

    private static byte[] Over(byte[] bytes, int at, byte[] with)
    {
        var changed = (byte[])bytes.Clone();
        with.AsSpan(0, Math.Min(with.Length, changed.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }

    private static byte[] Insert(byte[] bytes, int at, byte[] what) => [.. bytes.AsSpan(0, at), .. what, .. bytes.AsSpan(at)];

    private static byte[] Remove(byte[] bytes, int at, int count) => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + count)];
}
