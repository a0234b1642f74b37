using System.Globalization;

namespace CrossStitch.Faces.Annotations;

/// <summary>A folder. Links below it are not followed, so that nothing outside it is ever read.</summary>
internal sealed class FolderStore : IFileStore
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    private readonly string _root;

    public FolderStore(string path) => _root = Path.GetFullPath(path);

    public IEnumerable<string> Folders =>
        new DirectoryInfo(_root).EnumerateDirectories()
            .Where(folder => folder.LinkTarget is null)
            .Select(folder => folder.Name)
            .Order(StringComparer.Ordinal);

    public IEnumerable<(string Path, string Stamp)> Stamps(string folder) =>
        new DirectoryInfo(Path.Combine(_root, folder)).EnumerateFiles("*", Everything)
            .Select(file => (
                Path.GetRelativePath(_root, file.FullName),
                string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")))
            .OrderBy(stamp => stamp.Item1, StringComparer.Ordinal);

    public bool Contains(string path) => File.Exists(Path.Combine(_root, path));

    public byte[] Read(string path, int limit)
    {
        if (!Contains(path))
        {
            throw new FaceDataException($"{_root} holds no {ArchivePath.Quote(path)}.");
        }

        RefuseLinks(path);
        try
        {
            using var file = new FileStream(Path.Combine(_root, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > limit)
            {
                throw new FaceDataException($"{ArchivePath.Quote(path)} has {file.Length} bytes, more than the {limit} allowed.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaceDataException($"{ArchivePath.Quote(path)} cannot be read from {_root} ({e.Message})", e);
        }
    }

    public void Dispose()
    {
    }

    private void RefuseLinks(string path)
    {
        var current = _root;
        foreach (var segment in path.Split('/'))
        {
            current = Path.Combine(current, segment);
            if (new FileInfo(current).LinkTarget is not null)
            {
                throw new FaceDataException(
                    $"{ArchivePath.Quote(path)} is reached through a link, and links in an unpacked archive are not followed. Put the file itself there.");
            }
        }
    }
}
