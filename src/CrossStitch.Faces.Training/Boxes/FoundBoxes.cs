using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// Boxes that a finder finds in the pictures of an archive, as a box file: the pipeline that reads a photo cuts the faces that
/// a network is trained and measured on. Kept in the user's cache folder by archive and finder.
/// </summary>
public static class FoundBoxes
{
    /// <summary>The side of the smallest box that is looked for, in pixels.</summary>
    public const float SmallestFace = 24;

    private const string Header = "image,x1,y1,x2,y2,score";

    /// <summary>What <c>--boxes</c> and recipes call the boxes that the finder in the package finds.</summary>
    public const string Name = "find";

    /// <summary>Finds boxes, or takes them from the cache.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="finder">The finder.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">No picture shows a face, or an annotation file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static BoxFile Of(MtflArchive archive, FaceFinder finder, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var cache = CacheFile(archive, finder);
        if (cache is not null && TryRead(cache) is { } known)
        {
            return known;
        }

        var text = Text(archive, finder, progress, cancellation);
        var found = BoxFile.Parse(text, Name);
        if (cache is not null)
        {
            TryWrite(cache, text);
        }

        return found;
    }

    /// <summary>Finds boxes, as the text of a box file.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="finder">The finder.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    public static string Text(MtflArchive archive, FaceFinder finder, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var text = new StringBuilder(Header).Append('\n');
        var options = new FinderOptions { SmallestFace = SmallestFace };
        foreach (var split in Enum.GetValues<MtflSplit>().Where(archive.HasFaces))
        {
            List<AnnotatedFace> pictures = [.. archive.Read(split, skipInvalid: true).Faces.DistinctBy(face => face.ImagePath)];
            var lines = new string?[pictures.Count];

            // What cannot be decoded has no box; whoever reads the faces says what is wrong with it.
            FaceImages.ForEach(archive, split, pictures, skipInvalid: true, (i, image, _) => lines[i] = Lines(pictures[i].ImagePath, image), progress, cancellation);
            foreach (var some in lines)
            {
                text.Append(some);
            }
        }

        return text.ToString();

        string Lines(string path, GrayImage image)
        {
            var name = path.Contains(',', StringComparison.Ordinal) || path.Contains('"', StringComparison.Ordinal) ? $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : path;
            var faces = finder.Find(image.Pixels, options, cancellation);
            return string.Concat(faces.Select(face => string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{face.Box.Left:0.00},{face.Box.Top:0.00},{face.Box.Left + face.Box.Side:0.00},{face.Box.Top + face.Box.Side:0.00},{face.Score:0.0000}\n")));
        }
    }

    private static string? CacheFile(MtflArchive archive, FaceFinder finder)
    {
        if (CropCache.DefaultFolder is not { } folder)
        {
            return null;
        }

        var splits = string.Join("; ", Enum.GetValues<MtflSplit>().Where(archive.HasFaces).Select(split => $"{split} {archive.ContentKey(split)}"));
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"boxes 1; {finder.ContentKey}; {splits}"));
        return Path.Combine(folder, $"{Convert.ToHexStringLower(key.AsSpan(0, 16))}.boxes");
    }

    private static BoxFile? TryRead(string file)
    {
        try
        {
            return File.Exists(file) ? BoxFile.Parse(File.ReadAllText(file), Name) : null;
        }
        catch (Exception e) when (e is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryWrite(string file, string text)
    {
        try
        {
            AtomicFile.CreateFolder(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception e) when (e is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            // A cache is a convenience.
        }
    }
}
