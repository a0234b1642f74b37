using System.Text;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>What a file that should be a zip is instead, by its first bytes.</summary>
internal static class FileKind
{
    /// <summary>How many bytes from the beginning are enough to tell.</summary>
    public const int Length = 512;

    private const int TarAt = 257;

    private static readonly (byte[] Begins, string Kind)[] Kinds =
    [
        ([0x1F, 0x8B], "a gzip file (.gz, .tar.gz)"),
        ([.. "BZh"u8], "a bzip2 file (.bz2, .tar.bz2)"),
        ([0xFD, .. "7zXZ"u8], "an xz file (.xz, .tar.xz)"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file (.zst)"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive (.7z)"),
        ([.. "Rar!"u8], "a RAR archive (.rar)"),
        ([.. "%PDF"u8], "a PDF"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([0x89, .. "PNG"u8], "a PNG picture"),
        ([.. "version https://git-lfs"u8], "a Git LFS pointer instead of the file it stands for"),
    ];

    /// <summary>Says what a file looks like; null if like a zip, or like nothing known.</summary>
    /// <param name="first">Its first bytes: <see cref="Length"/> of them, or all.</param>
    public static string? Guess(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
        {
            return "empty";
        }

        if (first.StartsWith("PK"u8))
        {
            return null;
        }

        foreach (var (begins, kind) in Kinds)
        {
            if (first.StartsWith(begins))
            {
                return kind;
            }
        }

        if (first.Length > TarAt && first[TarAt..].StartsWith("ustar"u8))
        {
            return "a tar archive (.tar)";
        }

        var text = Encoding.UTF8.GetString(first).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            ? "a web page: the download was answered with a page instead of the file"
            : text.Any(c => c is '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))) ? null : "a text file";
    }
}
