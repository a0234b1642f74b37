using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// The boxes that a finder found in a split of an archive, in one file of a cache folder, named for both. The file ends with a checksum of
/// everything before it; one that is cut short, altered or of something else is not used.
/// </summary>
internal sealed class FoundBoxCache
{
    /// <summary>Goes up whenever a finder finds otherwise or the format changes, so that no older file is used.</summary>
    private const int Version = 1;

    private const string Extension = ".boxes";
    private const int FilesKept = 16;

    private readonly string _folder;
    private readonly byte[] _key;

    /// <summary>Names the file.</summary>
    /// <param name="folder">The cache folder.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="split">The split.</param>
    /// <param name="finder">The finder's content key.</param>
    public FoundBoxCache(string folder, MtflArchive archive, MtflSplit split, string finder)
    {
        _folder = folder;
        var made = string.Create(CultureInfo.InvariantCulture, $"boxes {Version}; {finder} from {FoundBoxes.SmallestFace}; {split} {archive.ContentKey(split)}");
        _key = SHA256.HashData(Encoding.UTF8.GetBytes(made));
    }

    private string FilePath => Path.Combine(_folder, Convert.ToHexStringLower(_key.AsSpan(0, 16)) + Extension);

    /// <summary>The lines of a box file; null if there is no file that can be trusted.</summary>
    public string? Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(FilePath);
            var text = bytes.Length - SHA256.HashSizeInBytes;
            if (text < _key.Length || !bytes.AsSpan().StartsWith(_key) || !SHA256.HashData(bytes.AsSpan(0, text)).AsSpan().SequenceEqual(bytes.AsSpan(text)))
            {
                return null;
            }

            CropCache.MarkAsUsed(FilePath);
            return Encoding.UTF8.GetString(bytes.AsSpan(_key.Length, text - _key.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Keeps the boxes. Where that cannot be, nothing happens: they are found again the next time.</summary>
    /// <param name="lines">The lines of a box file, without its header.</param>
    public void Write(string lines)
    {
        byte[] content = [.. _key, .. Encoding.UTF8.GetBytes(lines)];
        try
        {
            AtomicFile.CreateFolder(_folder);
            AtomicFile.Write(FilePath, file =>
            {
                file.Write(content);
                file.Write(SHA256.HashData(content));
            });
            CropCache.RemoveOldest(_folder, Extension, FilesKept);
        }
        catch (Exception e) when (e is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            // A cache is a convenience: a full disk or a folder that cannot be written must not stop the work.
        }
    }
}
