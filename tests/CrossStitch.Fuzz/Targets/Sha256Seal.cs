using System.Security.Cryptography;

namespace CrossStitch.Fuzz.Targets;

/// <summary>The SHA-256 of everything before it, at the end of a file.</summary>
internal static class Sha256Seal
{
    /// <summary>Bytes that it takes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>The same file with the right one; one too short for it as it is.</summary>
    /// <param name="bytes">The file.</param>
    public static byte[] Of(byte[] bytes)
    {
        if (bytes.Length < Length)
        {
            return bytes;
        }

        var content = bytes.AsSpan(0, bytes.Length - Length);
        return [.. content, .. SHA256.HashData(content)];
    }
}
