using System.Security.Cryptography;
using System.Text;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// Faces in the layout of MTFL: <c>training.txt</c>, <c>testing.txt</c> or both, and the pictures they name, in the zip
/// as downloaded or in an unpacked folder; at its root, or all in one folder below it.
/// </summary>
/// <remarks>
/// Reading is safe from several threads. Nothing outside the archive is ever read: a zip with an entry that leads out of
/// it is refused, links in a folder are not followed, and sizes are checked before memory is taken.
/// </remarks>
public sealed class MtflArchive : IDisposable
{
    /// <summary>The most bytes of an annotation file: room for over 400,000 faces.</summary>
    internal const int MaxAnnotationBytes = 64 << 20;

    /// <summary>The most bytes of a picture file.</summary>
    internal const int MaxImageBytes = 64 << 20;

    private static readonly MtflSplit[] Splits = Enum.GetValues<MtflSplit>();

    private readonly IFileStore _files;
    private readonly string _folder;

    private MtflArchive(string path, IFileStore files)
    {
        Path = path;
        _files = files;
        _folder = FindFolder();
    }

    /// <summary>Where the archive is, as it was opened.</summary>
    public string Path { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="path">A zip or a folder.</param>
    /// <exception cref="CrossStitchException">It is missing, broken, unsafe, or has no annotation file.</exception>
    public static MtflArchive Open(string path)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new CrossStitchException($"There is no file or folder {QuotedText.Of(path)}. Name the MTFL zip, or the folder it was unpacked to.");
        }

        IFileStore? files = null;
        try
        {
            files = Directory.Exists(path) ? new FolderStore(path) : new ZipStore(path);
            return new MtflArchive(path, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            files?.Dispose();
            throw new CrossStitchException($"{path} cannot be opened ({e.Message})", e);
        }
        catch
        {
            files?.Dispose();
            throw;
        }
    }

    /// <summary>The name of a split's annotation file.</summary>
    /// <param name="split">The split.</param>
    public static string AnnotationFile(MtflSplit split) => split switch
    {
        MtflSplit.Training => "training.txt",
        MtflSplit.Testing => "testing.txt",
        _ => throw new ArgumentOutOfRangeException(nameof(split)),
    };

    /// <summary>Whether the archive has a split's annotation file.</summary>
    /// <param name="split">The split.</param>
    public bool Has(MtflSplit split) => _files.Contains(Inside(AnnotationFile(split)));

    /// <summary>Whether a split lists any face; an annotation file without a face is as good as none.</summary>
    /// <param name="split">The split.</param>
    /// <exception cref="CrossStitchException">Its annotation file cannot be read.</exception>
    public bool HasFaces(MtflSplit split)
    {
        if (!Has(split))
        {
            return false;
        }

        using var text = OpenAnnotations(split);
        while (text.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a split's annotations and checks that the pictures are there; the pictures are not opened.</summary>
    /// <param name="split">The split.</param>
    /// <param name="skipInvalid">Whether to list invalid faces as problems and go on.</param>
    /// <exception cref="CrossStitchException">
    /// The archive lacks the split, or a face is invalid and such are not to be skipped.
    /// </exception>
    public MtflReading Read(MtflSplit split, bool skipInvalid = false)
    {
        var file = AnnotationFile(split);
        using var text = OpenAnnotations(split);
        var reading = MtflAnnotations.Parse(text, file, skipInvalid);
        var missing = reading.Faces
            .Where(face => !_files.Contains(Inside(face.ImagePath)))
            .Select(face => new FaceProblem(file, face.Line, $"The image {QuotedText.Of(face.ImagePath)} is not in the archive."))
            .ToList();
        if (missing.Count == 0)
        {
            return reading;
        }

        if (!skipInvalid)
        {
            throw missing[0].ToException();
        }

        var lines = missing.Select(problem => problem.Line).ToHashSet();
        return new MtflReading(
            [.. reading.Faces.Where(face => !lines.Contains(face.Line))],
            [.. reading.Problems.Concat(missing).OrderBy(problem => problem.Line)]);
    }

    /// <summary>Reads a face's picture file, as it is.</summary>
    /// <param name="face">The face.</param>
    /// <exception cref="CrossStitchException">The picture is missing, too long, reached through a link or unreadable.</exception>
    public byte[] ReadImage(AnnotatedFace face)
    {
        if (!ArchivePath.TryNormalize(face.ImagePath, out var path))
        {
            throw new CrossStitchException($"The path {QuotedText.Of(face.ImagePath)} leaves the archive.");
        }

        return _files.Read(Inside(path), MaxImageBytes);
    }

    /// <summary>
    /// Identifies a split's content without reading the pictures: a SHA-256, in hexadecimal, of the annotation file and
    /// of every file's name, length and checksum (in a zip) or time of last change (in a folder).
    /// </summary>
    /// <param name="split">The split.</param>
    /// <exception cref="CrossStitchException">The archive lacks the split, or cannot be read.</exception>
    public string ContentKey(MtflSplit split)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(ReadAnnotations(split)));
        try
        {
            foreach (var (path, stamp) in _files.Stamps(_folder))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{stamp}\n"));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{Path} cannot be read ({e.Message})", e);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => _files.Dispose();

    private StreamReader OpenAnnotations(MtflSplit split) => new(new MemoryStream(ReadAnnotations(split)));

    private byte[] ReadAnnotations(MtflSplit split)
    {
        if (!Has(split))
        {
            var present = Splits.Where(Has).Select(AnnotationFile);
            throw new CrossStitchException($"{Path} has no {AnnotationFile(split)}, only {string.Join(", ", present)}.");
        }

        return _files.Read(Inside(AnnotationFile(split)), MaxAnnotationBytes);
    }

    private string FindFolder()
    {
        var found = _files.Folders.Prepend("").Where(HasAnnotations).Take(3).ToList();
        return found switch
        {
            ["", ..] => "",
            [var only] => only,
            [] => throw new CrossStitchException(
                $"{Path} has neither training.txt nor testing.txt, at its root or one folder down: it is not in the layout of MTFL."),
            _ => throw new CrossStitchException(
                $"{Path} has annotation files in {QuotedText.Of(found[0])} and in {QuotedText.Of(found[1])}: name the folder that is meant."),
        };
    }

    private bool HasAnnotations(string folder) => Splits.Any(split => _files.Contains(Join(folder, AnnotationFile(split))));

    private string Inside(string path) => Join(_folder, path);

    private static string Join(string folder, string path) => folder.Length == 0 ? path : $"{folder}/{path}";
}
