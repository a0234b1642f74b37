using System.Globalization;
using System.Text;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// Boxes that a finder finds in the pictures of an archive, as a box file: the pipeline that reads a photo cuts the faces that
/// a network is trained and measured on. Kept beside the cropped faces in the user's cache folder, by split and finder.
/// </summary>
public static class FoundBoxes
{
    /// <summary>The side of the smallest box that is looked for, in pixels.</summary>
    public const float SmallestFace = 24;

    private const string Step = "Finding faces";

    private static readonly FinderOptions Searched = new() { SmallestFace = SmallestFace };

    /// <summary>The boxes that the finder in the package finds, anew or from the cache; none where it finds no face at all.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="splits">Of which splits; those that the archive has not are passed over.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">An annotation file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static BoxFile Packaged(MtflArchive archive, IReadOnlyList<MtflSplit> splits, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var finder = FaceFinder.LoadDefault();
        return Of(archive, splits, finder, progress, cancellation);
    }

    /// <summary>The boxes that a finder finds, anew or from the cache; none where it finds no face at all.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="splits">Of which splits; those that the archive has not are passed over.</param>
    /// <param name="finder">The finder.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">An annotation file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static BoxFile Of(MtflArchive archive, IReadOnlyList<MtflSplit> splits, FaceFinder finder, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default) =>
        BoxFile.Found(Text(archive, splits, finder, CropCache.DefaultFolder, progress, cancellation));

    /// <summary>Finds boxes in all splits, as the text of a box file.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="finder">The finder.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">An annotation file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static string Text(MtflArchive archive, FaceFinder finder, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default) =>
        Text(archive, Enum.GetValues<MtflSplit>(), finder, null, progress, cancellation);

    /// <summary>The boxes of some splits as the text of a box file, anew or from a cache.</summary>
    internal static string Text(
        MtflArchive archive, IReadOnlyList<MtflSplit> splits, FaceFinder finder, string? cacheFolder, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var key = finder.ContentKey;
        var parts = splits.Where(archive.HasFaces).Select(split =>
        {
            var cache = cacheFolder is null ? null : new FoundBoxCache(cacheFolder, archive, split, key);
            var lines = cache?.Read();
            return (Split: split, Cache: cache, Lines: lines, Pictures: lines is null ? Pictures(archive, split) : []);
        }).ToList();
        var (before, total) = (0, parts.Sum(part => part.Pictures.Count));
        var text = new StringBuilder(BoxFile.Header).Append('\n');
        foreach (var part in parts)
        {
            var lines = part.Lines;
            if (lines is null)
            {
                lines = Find(archive, part.Split, part.Pictures, finder, progress is null ? null : new PartProgress(progress, before, total, Step), cancellation);
                part.Cache?.Write(lines);
                before += part.Pictures.Count;
            }

            text.Append(lines);
        }

        return text.ToString();
    }

    private static List<AnnotatedFace> Pictures(MtflArchive archive, MtflSplit split) =>
        [.. archive.Read(split, skipInvalid: true).Faces.DistinctBy(face => face.ImagePath)];

    /// <summary>The lines of a split's pictures, in the order of the annotations.</summary>
    private static string Find(
        MtflArchive archive, MtflSplit split, List<AnnotatedFace> pictures, FaceFinder finder, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var lines = new string?[pictures.Count];

        // What cannot be decoded has no box; whoever reads the faces says what is wrong with it.
        FaceImages.ForEach(archive, split, pictures, skipInvalid: true, (i, image, _) => lines[i] = Lines(pictures[i].ImagePath, image), progress, cancellation);
        return string.Concat(lines);

        string Lines(string path, GrayImage image)
        {
            var name = CsvLine.Field(path);
            var faces = finder.Find(image.Pixels, Searched, cancellation);
            return string.Concat(faces.Select(face => string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{face.Box.Left:0.00},{face.Box.Top:0.00},{face.Box.Left + face.Box.Side:0.00},{face.Box.Top + face.Box.Side:0.00},{face.Score:0.0000}\n")));
        }
    }
}
