using System.Globalization;
using System.IO.Compression;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>A zip. Nothing is ever unpacked to disk, and no entry may have a path that leaves the zip.</summary>
internal sealed class ZipStore : IFileStore
{
    private const int DosFolder = 0x10;

    private readonly string _path;
    private readonly Stream _file;
    private readonly ZipArchive _zip;
    private readonly SortedDictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    // A ZipArchive has one stream and one position: whoever reads holds this lock until the bytes are out.
    private readonly Lock _reading = new();

    public ZipStore(string path, int mostFiles)
    {
        _path = path;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        _file = file;
        try
        {
            var start = ZipDirectory.Start(file);
            file.Position = 0;
            if (start is null)
            {
                RefuseOtherKinds();
            }
            else if (start > 0)
            {
                _file = new OffsetStream(file, start.Value) { Position = 0 };
            }

            // Before the framework's reader makes an object of each.
            if (ZipDirectory.HasMoreEntriesThan(_file, mostFiles))
            {
                throw new CrossStitchException($"{path} has more than {mostFiles} entries, the most that are read. Take out what is not of the faces, or split it.");
            }

            _file.Position = 0;
            _zip = new ZipArchive(_file, ZipArchiveMode.Read, leaveOpen: false, new ZipNames());
            foreach (var entry in _zip.Entries)
            {
                Add(entry);
            }
        }
        catch (InvalidDataException broken)
        {
            _file.Dispose();
            throw new CrossStitchException($"{path} is not a whole zip file. Download or copy it again.", broken);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public IEnumerable<string> Folders =>
        _entries.Keys.Where(path => path.Contains('/')).Select(path => path[..path.IndexOf('/')]).Distinct(StringComparer.Ordinal);

    public IEnumerable<(string Path, string Stamp)> Stamps(string folder)
    {
        var begin = folder.Length == 0 ? "" : folder + "/";
        return from entry in _entries
               where entry.Key.StartsWith(begin, StringComparison.Ordinal)
               select (entry.Key, string.Create(CultureInfo.InvariantCulture, $"{entry.Value.Length} {entry.Value.Crc32:x8}"));
    }

    public bool Contains(string path) => _entries.ContainsKey(path);

    public long Length(string path) => Find(path).Length;

    public ArraySegment<byte> Read(string path, int limit, Func<int, byte[]> room)
    {
        var entry = Find(path);
        if ((ulong)entry.Length > (ulong)limit)
        {
            throw new CrossStitchException($"{QuotedText.Of(path)} has {entry.Length} bytes, more than the {limit} allowed.");
        }

        try
        {
            // As much as the zip lists and no more: of an entry that would unpack to more, the rest is never unpacked.
            var bytes = new ArraySegment<byte>(room((int)entry.Length), 0, (int)entry.Length);
            lock (_reading)
            {
                using var stream = entry.Open();
                stream.ReadExactly(bytes);
            }

            return ZipChecksum.Of(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException("its checksum does not match");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            RefuseCompression(e);
            throw new CrossStitchException($"{QuotedText.Of(path)} cannot be read from {_path}: {Reason(e)}. Download or copy it again.", e);
        }
    }

    public void Dispose() => _zip.Dispose();

    private ZipArchiveEntry Find(string path) =>
        _entries.TryGetValue(path, out var entry) ? entry : throw new CrossStitchException($"{_path} holds no {QuotedText.Of(path)}.");

    private static string Reason(Exception error) => error is EndOfStreamException ? "it is shorter than the zip says" : FileProblem.Reason(error);

    private void RefuseOtherKinds()
    {
        var first = new byte[FileKind.Length];
        var length = _file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        _file.Position = 0;
        if (FileKind.Guess(first.AsSpan(0, length)) is { } kind)
        {
            throw new CrossStitchException($"{_path} is not a zip but {kind}. Name the MTFL zip, or the folder it was unpacked to.");
        }
    }

    private void Add(ZipArchiveEntry entry)
    {
        var isFolder = entry.FullName is "" or [.., '/' or '\\'] || entry is { Length: 0, ExternalAttributes: var kind } && (kind & DosFolder) != 0;
        if (isFolder && ArchivePath.IsSafeFolder(entry.FullName))
        {
            return;
        }

        if (!ArchivePath.TryNormalize(entry.FullName, out var path))
        {
            throw new CrossStitchException(
                $"{_path} has the entry {QuotedText.Of(entry.FullName)}, which leads out of the archive: it is not safe to use.");
        }

        if (ArchivePath.IsClutter(path))
        {
            return;
        }

        if (entry.IsEncrypted)
        {
            throw new CrossStitchException(
                $"{_path} is encrypted ({QuotedText.Of(path)} asks for a password). Unpack it first and name the folder.");
        }

        if (!_entries.TryAdd(path, entry))
        {
            throw new CrossStitchException($"{_path} has the entry {QuotedText.Of(path)} twice: it is unclear which one is meant.");
        }
    }

    /// <summary>If an entry cannot be read for its compression, says which that is.</summary>
    private void RefuseCompression(Exception error)
    {
        lock (_reading)
        {
            if (ZipDirectory.UnknownCompression(_file) is { } compression)
            {
                throw new CrossStitchException(
                    $"{_path} is compressed with {compression}, which this program does not read. Unpack it and name the folder, or pack it again with Deflate.", error);
            }
        }
    }
}
