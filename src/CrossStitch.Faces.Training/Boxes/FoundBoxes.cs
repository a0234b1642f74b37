using System.Globalization;
using System.Text;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// Boxes that a finder finds in the pictures of an archive, as a box file: the pipeline that reads a photo cuts the faces that
/// a network is trained and measured on.
/// </summary>
public static class FoundBoxes
{
    /// <summary>The side of the smallest box that is looked for, in pixels.</summary>
    public const float SmallestFace = 24;

    /// <summary>Finds boxes, as the text of a box file.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="finder">The finder.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    public static string Text(MtflArchive archive, FaceFinder finder, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var text = new StringBuilder(BoxFile.Header).Append('\n');
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
            var name = CsvLine.Field(path);
            var faces = finder.Find(image.Pixels, options, cancellation);
            return string.Concat(faces.Select(face => string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{face.Box.Left:0.00},{face.Box.Top:0.00},{face.Box.Left + face.Box.Side:0.00},{face.Box.Top + face.Box.Side:0.00},{face.Score:0.0000}\n")));
        }
    }
}
