namespace CrossStitch.Faces.Skia.Tests;

/// <summary>The checksum at the end of a PNG's chunk.</summary>
internal static class PngChecksum
{
    /// <summary>Of the name and the content of a chunk.</summary>
    /// <param name="bytes">Both.</param>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var value in bytes)
        {
            rest ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320;
            }
        }

        return ~rest;
    }
}
