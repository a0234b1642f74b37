using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Boxes;

namespace CrossStitch.Faces.Synthetic;

/// <summary>
/// A folder that drawn faces are written to. It may hold ones drawn before, which go as soon as there are new ones, and
/// nobody else's. Whatever was added goes again unless the writing comes to its end.
/// </summary>
internal sealed class DrawnTarget : IDisposable
{
    /// <summary>The name of the box file.</summary>
    public const string Boxes = "boxes.csv";

    private const string Pictures = "drawn";

    private static readonly string[] Lists = [.. Enum.GetValues<MtflSplit>().Select(MtflArchive.AnnotationFile)];

    private readonly string _path;
    private readonly bool _isNew;
    private readonly List<string> _added = [];
    private bool _complete;

    /// <summary>Checks that a folder can be written, and creates it where it is missing.</summary>
    /// <exception cref="FaceDataException">It is a file, or holds faces that were not drawn.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public DrawnTarget(string path)
    {
        _path = path;
        if (File.Exists(path))
        {
            throw new FaceDataException($"{path}: a file has that name. Name a folder, or a file that ends in .zip.");
        }

        foreach (var list in Lists.Select(name => Path.Combine(path, name)).Where(HasContent))
        {
            RefuseUnlessDrawn(list, MtflAnnotations.Parse(File.ReadAllText(list), list, skipInvalid: true).Faces.Select(face => face.ImagePath));
        }

        var boxes = Path.Combine(path, Boxes);
        RefuseForeignBoxes(boxes);
        _isNew = !Directory.Exists(path);
        try
        {
            Directory.CreateDirectory(Path.Combine(path, Pictures));
            using var probe = new PendingFile(boxes);
        }
        catch
        {
            RemoveFolders();
            throw;
        }
    }

    /// <summary>Checks that a zip and its box file are missing or were drawn.</summary>
    /// <exception cref="FaceDataException">One of them was not.</exception>
    public static void CheckZip(string zip, string boxes)
    {
        if (HasContent(zip))
        {
            RefuseUnlessDrawn(zip, PicturesOf(zip));
        }

        RefuseForeignBoxes(boxes);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its path in the folder.</param>
    /// <param name="bytes">Its content.</param>
    public void Add(string name, byte[] bytes)
    {
        if (_added.Count == 0)
        {
            // From here on the old lists would name new pictures.
            foreach (var old in Lists.Append(Boxes))
            {
                File.Delete(Path.Combine(_path, old));
            }
        }

        var file = Path.Combine(_path, name);
        _added.Add(file);
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Says that all is written.</summary>
    public void Commit() => _complete = true;

    /// <summary>Removes what was added, unless all is written.</summary>
    public void Dispose()
    {
        if (!_complete)
        {
            _added.ForEach(File.Delete);
            RemoveFolders();
        }
    }

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static IEnumerable<string> PicturesOf(string zip)
    {
        try
        {
            using var archive = MtflArchive.Open(zip);
            return [.. Enum.GetValues<MtflSplit>().Where(archive.Has).SelectMany(split => archive.Read(split, skipInvalid: true).Faces).Select(face => face.ImagePath)];
        }
        catch (FaceDataException)
        {
            return [];
        }
    }

    private static void RefuseForeignBoxes(string path)
    {
        if (!HasContent(path))
        {
            return;
        }

        try
        {
            RefuseUnlessDrawn(path, BoxFile.Read(path).Paths);
        }
        catch (FaceDataException)
        {
            throw Foreign(path);
        }
    }

    private static void RefuseUnlessDrawn(string path, IEnumerable<string> pictures)
    {
        if (!pictures.Select(picture => picture.StartsWith(Pictures + "/", StringComparison.Ordinal)).DefaultIfEmpty(false).All(drawn => drawn))
        {
            throw Foreign(path);
        }
    }

    private static FaceDataException Foreign(string path) =>
        new($"{path} is there already and is not of faces that this program drew, so it is not replaced. Write to another place.");

    private void RemoveFolders()
    {
        foreach (var folder in _isNew ? [Path.Combine(_path, Pictures), _path] : new[] { Path.Combine(_path, Pictures) })
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }
}
