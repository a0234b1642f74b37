using System.Globalization;
using System.Text;

namespace CrossStitch.Faces.Training.Annotations;

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
    private readonly int _mostFiles;

    // Where files lie whose names are not written in the form that paths are compared in; filled when first asked for.
    private readonly Lazy<Dictionary<string, string>> _otherwiseWritten;

    public FolderStore(string path, int mostFiles)
    {
        _root = Path.GetFullPath(path);
        _mostFiles = mostFiles;
        _otherwiseWritten = new(FindOtherwiseWritten);
    }

    public IEnumerable<string> Folders =>
        new DirectoryInfo(_root).EnumerateDirectories()
            .Where(folder => folder.LinkTarget is null && !ArchivePath.IsClutter(folder.Name))
            .Select(folder => folder.Name)
            .Order(StringComparer.Ordinal);

    public IEnumerable<(string Path, string Stamp)> Stamps(string folder) =>
        Files(folder)
            .Where(file => !ArchivePath.IsClutter(Relative(file)))
            .Select(file => (
                Relative(file),
                string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")))
            .OrderBy(stamp => stamp.Item1, StringComparer.Ordinal);

    public bool Contains(string path) => Find(path) is not null;

    public long Length(string path)
    {
        try
        {
            return new FileInfo(Path.Combine(_root, FindOrRefuse(path))).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    public ArraySegment<byte> Read(string path, int limit, Func<int, byte[]> room)
    {
        var written = FindOrRefuse(path);
        RefuseLinks(written);
        try
        {
            using var file = new FileStream(Path.Combine(_root, written), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > limit)
            {
                throw new CrossStitchException($"{QuotedText.Of(path)} has {file.Length} bytes, more than the {limit} allowed.");
            }

            var length = (int)file.Length;
            var bytes = new ArraySegment<byte>(room(length), 0, length);
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    public void Dispose()
    {
    }

    private CrossStitchException Unreadable(string path, Exception error) =>
        new($"{QuotedText.Of(path)} cannot be read from {_root}: {FileProblem.Reason(error)}.", error);

    private IEnumerable<FileInfo> Files(string folder)
    {
        var count = 0;
        foreach (var file in new DirectoryInfo(Path.Combine(_root, folder)).EnumerateFiles("*", Everything))
        {
            if (++count > _mostFiles)
            {
                throw new CrossStitchException($"{_root} has more than {_mostFiles} files, the most that are read. Take out what is not of the faces, or split it.");
            }

            yield return file;
        }
    }

    private string FindOrRefuse(string path) => Find(path) ?? throw new CrossStitchException($"{_root} holds no {QuotedText.Of(path)}.");

    private string? Find(string path) =>
        File.Exists(Path.Combine(_root, path)) ? path
        : Ascii.IsValid(path) ? null
        : _otherwiseWritten.Value.GetValueOrDefault(ComposedText.Of(path));

    private Dictionary<string, string> FindOtherwiseWritten()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Files("").Select(Relative).Where(path => !Ascii.IsValid(path)).Order(StringComparer.Ordinal))
        {
            found.TryAdd(ComposedText.Of(path), path);
        }

        return found;
    }

    private string Relative(FileInfo file) => Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    private void RefuseLinks(string path)
    {
        var current = _root;
        foreach (var segment in path.Split('/'))
        {
            current = Path.Combine(current, segment);
            if (new FileInfo(current).LinkTarget is not null)
            {
                throw new CrossStitchException(
                    $"{QuotedText.Of(path)} is reached through a link, and links in an unpacked archive are not followed. Put the file itself there.");
            }
        }
    }
}
