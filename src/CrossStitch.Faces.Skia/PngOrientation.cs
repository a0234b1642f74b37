using System.Buffers.Binary;
using SkiaSharp;

namespace CrossStitch.Faces.Skia;

/// <summary>How a PNG is to be turned, as its chunk <c>eXIf</c> says, which SkiaSharp does not look at.</summary>
internal static class PngOrientation
{
    private const int Signature = 8;

    // A chunk's length and name before its content, and its checksum behind.
    private const int ChunkHead = 8;
    private const int ChunkEnd = 4;

    private const int DirectoryEntry = 12;
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortNumber = 3;

    /// <summary>Where the first row and column of a file are to be seen; as they are stored where it does not say, or not in order.</summary>
    /// <param name="png">The file's content.</param>
    public static SKEncodedOrigin Of(ReadOnlySpan<byte> png)
    {
        for (var rest = png.Length > Signature ? png[Signature..] : []; rest.Length >= ChunkHead + ChunkEnd;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkHead - ChunkEnd)
            {
                break;
            }

            if (rest.Slice(4, 4).SequenceEqual("eXIf"u8))
            {
                return OfExif(rest.Slice(ChunkHead, (int)length));
            }

            rest = rest[(ChunkHead + (int)length + ChunkEnd)..];
        }

        return SKEncodedOrigin.TopLeft;
    }

    /// <summary>The orientation in the first directory of a TIFF, which EXIF is: entries of a tag, a type, a count and a value.</summary>
    private static SKEncodedOrigin OfExif(ReadOnlySpan<byte> exif)
    {
        var isLittle = exif.StartsWith("II*\0"u8);
        if ((!isLittle && !exif.StartsWith("MM\0*"u8)) || exif.Length < 8)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (directory > exif.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var entries = exif[((int)directory + 2)..];
        var count = Math.Min(Number(exif[(int)directory..]), entries.Length / DirectoryEntry);
        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(i * DirectoryEntry, DirectoryEntry);
            if (Number(entry) == OrientationTag && Number(entry[2..]) == ShortNumber)
            {
                return Number(entry[8..]) is >= 1 and <= 8 and var origin ? (SKEncodedOrigin)origin : SKEncodedOrigin.TopLeft;
            }
        }

        return SKEncodedOrigin.TopLeft;

        int Number(ReadOnlySpan<byte> at) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
    }
}
