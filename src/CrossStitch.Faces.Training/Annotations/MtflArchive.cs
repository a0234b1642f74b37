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
    private static readonly MtflSplit[] Splits = Enum.GetValues<MtflSplit>();

    private readonly IFileStore _files;
    private readonly string _folder;

    private MtflArchive(string path, IFileStore files, FaceLimits limits)
    {
        Path = path;
        Limits = limits;
        FileMemory = new MemoryGate(limits.FileMemory);
        DecodingMemory = new MemoryGate(limits.DecodingMemory);
        _files = files;
        _folder = FindFolder();
    }

    /// <summary>Where the archive is, as it was opened.</summary>
    public string Path { get; }

    /// <summary>The bounds that it is read within.</summary>
    internal FaceLimits Limits { get; }

    /// <summary>What all that reads its picture files passes, so that they are not all in memory at once.</summary>
    internal MemoryGate FileMemory { get; }

    /// <summary>What all that decodes its pictures passes, after <see cref="FileMemory"/>.</summary>
    internal MemoryGate DecodingMemory { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="path">A zip or a folder.</param>
    /// <exception cref="CrossStitchException">It is missing, broken, unsafe, or has no annotation file.</exception>
    public static MtflArchive Open(string path) => Open(path, FaceLimits.Default);

    /// <summary>Opens an archive within other bounds.</summary>
    internal static MtflArchive Open(string path, FaceLimits limits)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new CrossStitchException($"There is no file or folder {QuotedText.Of(path)}. Name the MTFL zip, or the folder it was unpacked to.");
        }

        IFileStore? files = null;
        try
        {
            files = Directory.Exists(path) ? new FolderStore(path, limits.Files) : new ZipStore(path, limits.Files);
            return new MtflArchive(path, files, limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            files?.Dispose();
            throw new CrossStitchException($"{path} cannot be opened: {FileProblem.Reason(e)}.", e);
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
        int next;
        do
        {
            next = text.Read();
        }
        while (next >= 0 && char.IsWhiteSpace((char)next));
        return next >= 0;
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
        var (faces, problems) = MtflAnnotations.Parse(text, file, skipInvalid, Limits);
        var present = new List<AnnotatedFace>(faces.Count);
        var all = problems.ToList();
        foreach (var face in faces)
        {
            if (_files.Contains(Inside(face.ImagePath)))
            {
                present.Add(face);
                continue;
            }

            var problem = new FaceProblem(file, face.Line, $"The image {QuotedText.Of(face.ImagePath)} is not in the archive.");
            if (!skipInvalid)
            {
                throw problem.ToException();
            }

            all.Add(problem);
            MtflAnnotations.CheckCount(all, Limits);
        }

        return new MtflReading(present, [.. all.OrderBy(problem => problem.Line)]);
    }

    /// <summary>Reads a face's picture file, as it is.</summary>
    /// <param name="face">The face.</param>
    /// <exception cref="CrossStitchException">The picture is missing, too long, reached through a link or unreadable.</exception>
    public byte[] ReadImage(AnnotatedFace face) => ReadImage(face, length => new byte[length]).ToArray();

    /// <summary>Reads a face's picture file into a room that may be larger.</summary>
    internal ArraySegment<byte> ReadImage(AnnotatedFace face, Func<int, byte[]> room) => _files.Read(PathOf(face), Limits.PictureBytes, room);

    /// <summary>How many bytes <see cref="ReadImage(AnnotatedFace)"/> reads at most.</summary>
    /// <exception cref="CrossStitchException">The picture is missing or unreadable.</exception>
    internal long ImageLength(AnnotatedFace face) => Math.Min(_files.Length(PathOf(face)), Limits.PictureBytes);

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
            throw new CrossStitchException($"{Path} cannot be read: {FileProblem.Reason(e)}.", e);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => _files.Dispose();

    private StreamReader OpenAnnotations(MtflSplit split) => new(new MemoryStream(ReadAnnotations(split), writable: false));

    private byte[] ReadAnnotations(MtflSplit split)
    {
        if (!Has(split))
        {
            var present = Splits.Where(Has).Select(AnnotationFile);
            throw new CrossStitchException($"{Path} has no {AnnotationFile(split)}, only {string.Join(", ", present)}.");
        }

        byte[] bytes = [];
        _files.Read(Inside(AnnotationFile(split)), Limits.AnnotationBytes, length => bytes = new byte[length]);
        return bytes;
    }

    private string PathOf(AnnotatedFace face) => ArchivePath.TryNormalize(face.ImagePath, out var path)
        ? Inside(path)
        : throw new CrossStitchException($"The path {QuotedText.Of(face.ImagePath)} leaves the archive.");

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
