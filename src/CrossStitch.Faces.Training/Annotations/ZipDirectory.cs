using System.Buffers.Binary;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// The directory at the end of a zip, for what the framework's reader keeps to itself, or tells only when it has read all:
/// how many entries there are, which compression they have, and how many bytes stand before the zip.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint EntrySignature = 0x02014B50;
    private const uint LargeEndSignature = 0x06064B50;
    private const uint LargeLocatorSignature = 0x07064B50;
    private const int EndLength = 22;
    private const int LargeEndLength = 56;
    private const int LargeLocatorLength = 20;
    private const int EntryLength = 46;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>Names the first compression in a zip that cannot be read; null if none can be found.</summary>
    /// <param name="zip">The zip; its position is changed.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? UnknownCompression(Stream zip) => Compressions(zip).Select(Name).FirstOrDefault(name => name is not null);

    /// <summary>Whether a zip has more entries than a number, whatever it says of that itself.</summary>
    /// <param name="zip">The zip; its position is changed.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool HasMoreEntriesThan(Stream zip, int number) => Compressions(zip).Skip(number).Any();

    /// <summary>
    /// Where in a file its zip begins: behind the program of one that unpacks itself, or behind a script, unless the zip
    /// counts from the beginning of that.
    /// </summary>
    /// <param name="zip">The file; its position is changed.</param>
    /// <returns>Bytes from the beginning of the file; null if there is no zip in it, or only a part of one.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static long? Start(Stream zip)
    {
        var (end, start, length) = FindEnd(zip);
        if (end < 0)
        {
            return null;
        }

        // The directory stands right before the record that ends the zip, wherever that says that it is. In a large zip
        // (zip64) there is more between the two, and the framework's reader takes care of it.
        var before = end - length - start;
        return before > 0 && !HasEntryAt(zip, start) && HasEntryAt(zip, before + start) ? before : 0;
    }

    private static bool HasEntryAt(Stream zip, long at) =>
        Read(zip, at, sizeof(uint)) is { } signature && Number(signature, 0) == EntrySignature;

    private static (long At, uint Start, uint Length) FindEnd(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndLength + LongestComment)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (Number(tail, at) == EndSignature)
            {
                return (zip.Length - tail.Length + at, Number(tail, at + 16), Number(tail, at + 12));
            }
        }

        return (-1, 0, 0);
    }

    // As the framework's reader: entry after entry, for as long as there is one, and never by the numbers that the zip gives.
    private static IEnumerable<ushort> Compressions(Stream zip)
    {
        var at = FindDirectory(zip);
        while (Read(zip, at, EntryLength) is { } entry && Number(entry, 0) == EntrySignature)
        {
            yield return Half(entry, 10);
            at += EntryLength + Half(entry, 28) + Half(entry, 30) + Half(entry, 32);
        }
    }

    private static long FindDirectory(Stream zip)
    {
        var (end, start, _) = FindEnd(zip);
        return end >= LargeLocatorLength
            && Read(zip, end - LargeLocatorLength, LargeLocatorLength) is { } locator && Number(locator, 0) == LargeLocatorSignature
            && Read(zip, Long(locator, 8), LargeEndLength) is { } large && Number(large, 0) == LargeEndSignature
            ? Long(large, 48)
            : start;
    }

    private static byte[]? Read(Stream zip, long at, int length)
    {
        if (at < 0 || at > zip.Length - length)
        {
            return null;
        }

        var bytes = new byte[length];
        zip.Position = at;
        zip.ReadExactly(bytes);
        return bytes;
    }

    // The numbers of the zip specification (APPNOTE 4.4.5), less 0, 8 and 9, which are read.
    private static string? Name(ushort method) => method switch
    {
        0 or 8 or 9 => null,
        1 => "Shrink",
        >= 2 and <= 5 => "Reduce",
        6 => "Implode",
        12 => "BZip2",
        14 => "LZMA",
        20 or 93 => "Zstandard",
        94 => "MP3",
        95 => "XZ",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        _ => $"method {method}",
    };

    private static long Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ushort Half(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
