using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Tells the files of drawn faces from anybody else's, which are never replaced.</summary>
internal static class DrawnFiles
{
    /// <summary>The name of the box file in a folder.</summary>
    public const string Boxes = "boxes.csv";

    /// <summary>The folder of the pictures.</summary>
    public const string Pictures = "drawn";

    /// <summary>The names of the annotation files.</summary>
    public static IReadOnlyList<string> Lists { get; } = [.. Enum.GetValues<MtflSplit>().Select(MtflArchive.AnnotationFile)];

    /// <summary>Checks that a zip and its box file are missing or were drawn.</summary>
    /// <exception cref="CrossStitchException">One of them was not.</exception>
    public static void CheckZip(string zip, string boxes)
    {
        if (HasContent(zip))
        {
            RefuseUnlessDrawn(zip, PicturesOf(zip));
        }

        BoxedPictures(boxes);
    }

    /// <summary>Checks that whatever a folder holds under the names of drawn faces was drawn.</summary>
    /// <exception cref="CrossStitchException">Something was not.</exception>
    public static void CheckFolder(string folder)
    {
        var known = new HashSet<string>(BoxedPictures(Path.Combine(folder, Boxes)), StringComparer.Ordinal);
        foreach (var list in Lists.Select(name => Path.Combine(folder, name)).Where(HasContent))
        {
            if (new FileInfo(list).Length > FaceLimits.Default.AnnotationBytes || MtflAnnotations.Parse(File.ReadAllText(list), list, skipInvalid: true) is not { Problems.Count: 0 } reading)
            {
                throw Foreign(list);
            }

            var pictures = reading.Faces.Select(face => face.ImagePath).ToList();
            RefuseUnlessDrawn(list, pictures);
            known.UnionWith(pictures);
        }

        var place = Path.Combine(folder, Pictures);
        if (File.Exists(place) || new DirectoryInfo(place).LinkTarget is not null)
        {
            throw Foreign(place);
        }

        if (Directory.Exists(place))
        {
            foreach (var entry in new DirectoryInfo(place).EnumerateFileSystemInfos())
            {
                if (entry is not FileInfo || entry.LinkTarget is not null || !known.Contains($"{Pictures}/{entry.Name}") || !IsOfDrawnSize(entry.FullName))
                {
                    throw Foreign(Path.Combine(place, entry.Name));
                }
            }
        }
    }

    /// <summary>The error that says that something is not replaced.</summary>
    public static CrossStitchException Foreign(string path) =>
        new($"{path} is there already and is not of faces that this program drew, so it is not replaced. Write to another place.");

    private static bool HasContent(string path)
    {
        if (Directory.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            throw Foreign(path);
        }

        return new FileInfo(path) is { Exists: true, Length: > 0 };
    }

    // All drawn pictures have one size; somebody's own under the name of one hardly has.
    private static bool IsOfDrawnSize(string path)
    {
        using var codec = SKCodec.Create(path);
        return codec is { EncodedFormat: SKEncodedImageFormat.Jpeg, Info: { Width: FaceStudio.Size, Height: FaceStudio.Size } };
    }

    private static List<string> PicturesOf(string zip)
    {
        try
        {
            using var archive = MtflArchive.Open(zip);
            var readings = Enum.GetValues<MtflSplit>().Where(archive.Has).Select(split => archive.Read(split, skipInvalid: true)).ToList();
            return readings.Any(reading => reading.Problems.Count > 0) ? [] : [.. readings.SelectMany(reading => reading.Faces).Select(face => face.ImagePath)];
        }
        catch (CrossStitchException)
        {
            return [];
        }
    }

    private static List<string> BoxedPictures(string path)
    {
        if (!HasContent(path))
        {
            return [];
        }

        try
        {
            var pictures = BoxFile.Read(path).Paths.ToList();
            RefuseUnlessDrawn(path, pictures);
            return pictures;
        }
        catch (CrossStitchException)
        {
            throw Foreign(path);
        }
    }

    private static void RefuseUnlessDrawn(string path, IReadOnlyCollection<string> pictures)
    {
        if (pictures.Count == 0 || !pictures.All(picture => picture.StartsWith(Pictures + "/", StringComparison.Ordinal)))
        {
            throw Foreign(path);
        }
    }
}
