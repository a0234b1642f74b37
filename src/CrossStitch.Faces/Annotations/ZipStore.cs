using System.Globalization;
using System.IO.Compression;

namespace CrossStitch.Faces.Annotations;

/// <summary>A zip. Nothing is ever unpacked to disk, and no entry may have a path that leaves the zip.</summary>
internal sealed class ZipStore : IFileStore
{
    private readonly string _path;
    private readonly ZipArchive _zip;
    private readonly SortedDictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    // A ZipArchive has one stream and one position: whoever reads holds this lock until the bytes are out.
    private readonly Lock _reading = new();

    public ZipStore(string path)
    {
        _path = path;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            _zip = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (var entry in _zip.Entries)
            {
                Add(entry);
            }
        }
        catch (InvalidDataException broken)
        {
            file.Dispose();
            throw new FaceDataException($"{path} is not a whole zip file ({broken.Message}) Download or copy it again.", broken);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public IEnumerable<string> Folders =>
        _entries.Keys.Where(path => path.Contains('/')).Select(path => path[..path.IndexOf('/')]).Distinct(StringComparer.Ordinal);

    public IEnumerable<(string Path, string Stamp)> Stamps(string folder) =>
        from entry in _entries
        where folder.Length == 0 || entry.Key.StartsWith(folder + "/", StringComparison.Ordinal)
        select (entry.Key, string.Create(CultureInfo.InvariantCulture, $"{entry.Value.Length} {entry.Value.Crc32:x8}"));

    public bool Contains(string path) => _entries.ContainsKey(path);

    public byte[] Read(string path, int limit)
    {
        if (!_entries.TryGetValue(path, out var entry))
        {
            throw new FaceDataException($"{_path} holds no {ArchivePath.Quote(path)}.");
        }

        if (entry.Length > limit)
        {
            throw new FaceDataException($"{ArchivePath.Quote(path)} has {entry.Length} bytes, more than the {limit} allowed.");
        }

        try
        {
            byte[] bytes;
            lock (_reading)
            {
                bytes = ReadAll(entry);
            }

            return ZipChecksum.Of(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException("Its checksum does not match.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw new FaceDataException($"{ArchivePath.Quote(path)} cannot be read from {_path} ({e.Message})", e);
        }
    }

    public void Dispose() => _zip.Dispose();

    // Reads as much as the zip lists and no more: of an entry that would unpack to more, the rest is never unpacked.
    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Add(ZipArchiveEntry entry)
    {
        if (!ArchivePath.TryNormalize(entry.FullName, out var path))
        {
            throw new FaceDataException(
                $"{_path} has the entry {ArchivePath.Quote(entry.FullName)}, which leads out of the archive: it is not safe to use.");
        }

        var isFolder = entry.FullName[^1] is '/' or '\\';
        if (!isFolder && !_entries.TryAdd(path, entry))
        {
            throw new FaceDataException($"{_path} has the entry {ArchivePath.Quote(path)} twice: it is unclear which one is meant.");
        }
    }
}
