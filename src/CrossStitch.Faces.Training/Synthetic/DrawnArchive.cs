using System.Globalization;
using System.IO.Compression;
using System.Text;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>
/// Writes drawn faces in the layout of the MTFL download, quirks included: <c>training.txt</c> and <c>testing.txt</c>
/// with backslashes in paths, a space before all lines but the first, CRLF, a last line of one space, pixels counted from 1; JPEG pictures;
/// and beside them a box file, <c>image,x1,y1,x2,y2,score</c>. The same arguments give the same bytes
/// (on one platform, see <see cref="DrawnFaces"/>).
/// </summary>
public static class DrawnArchive
{
    /// <summary>The most faces of an archive, both splits together: their annotation file is still one that can be read.</summary>
    public const int MaxFaces = 400_000;

    private const int Batch = 64;
    private const string BoxHeader = BoxFile.Header + "\n";

    // Zip entries carry a date; any fixed one will do.
    private static readonly DateTimeOffset Date = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an archive: faces 0 to <paramref name="training"/> − 1 of the seed to train on, then those to test on.</summary>
    /// <param name="path">
    /// A file that ends in <c>.zip</c>, or a folder, which is created. Faces drawn before are replaced when the new ones are
    /// all written; any others are kept, and the writing is refused.
    /// </param>
    /// <param name="training">How many faces to train on.</param>
    /// <param name="testing">How many faces to test on.</param>
    /// <param name="seed">The seed of <see cref="DrawnFaces"/>.</param>
    /// <param name="progress">Receives how many faces are written, now and then.</param>
    /// <param name="cancellationToken">Stops the writing; what was begun is removed.</param>
    /// <returns>The box file's path: <c>boxes.csv</c> in the folder, or <c>NAME.boxes.csv</c> beside <c>NAME.zip</c>.</returns>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    /// <exception cref="CrossStitchException">
    /// There are too few or too many faces, what is at the path was not drawn by this program, another process is writing
    /// there, or a file cannot be written, which is tried before anything is drawn. Nothing that was begun is left.
    /// </exception>
    public static string Write(
        string path, int training, int testing, long seed, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (training < 0 || testing < 0 || (long)training + testing is < 1 or > MaxFaces)
        {
            throw new CrossStitchException(string.Create(
                CultureInfo.InvariantCulture, $"{training} faces to train on and {testing} to test on: an archive has from 1 to {MaxFaces} in all."));
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            throw new CrossStitchException("Drawn faces need a place: name a folder, or a file that ends in .zip.");
        }

        try
        {
            return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? WriteZip() : WriteFolder();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CrossStitchException($"{path}: cannot be written: {FileProblem.Reason(error)}.", error);
        }

        string WriteZip()
        {
            var beside = Path.ChangeExtension(path, ".boxes.csv");
            using var alone = new WriteLock(path + WriteLock.Suffix, path);
            DrawnFiles.CheckZip(path, beside);
            var boxFile = new OutputFile(beside);
            AtomicFile.Write(path, file =>
            {
                byte[] boxes = [];
                using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                {
                    WriteEntries((name, bytes) => AddEntry(zip, name, bytes), bytes => boxes = bytes, training, testing, seed, progress, cancellationToken);
                }

                // Before the zip is in its place: where that is, its boxes are too.
                boxFile.Finish(boxes);
            });
            return beside;
        }

        string WriteFolder()
        {
            using var folder = new DrawnTarget(path);
            WriteEntries(folder.Add, bytes => folder.Add(DrawnFiles.Boxes, bytes), training, testing, seed, progress, cancellationToken);
            folder.Commit();
            return Path.Combine(path, DrawnFiles.Boxes);
        }
    }

    private static void AddEntry(ZipArchive zip, string name, byte[] bytes)
    {
        // Stored as they are: pictures do not shrink, and compressed bytes would depend on the version of zlib.
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Date;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    // The annotation files come last: without them, nothing takes the rest for an archive.
    private static void WriteEntries(
        Action<string, byte[]> add,
        Action<byte[]> addBoxes,
        int training,
        int testing,
        long seed,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var boxes = new StringBuilder(BoxHeader);
        var (train, test) = (new List<AnnotatedFace>(training), new List<AnnotatedFace>(testing));
        for (var first = 0; first < training + testing; first += Batch)
        {
            // Drawn on all cores, written one after the other.
            var drawn = new DrawnFace[Math.Min(Batch, training + testing - first)];
            var start = first;
            Parallel.For(
                0,
                drawn.Length,
                new ParallelOptions { CancellationToken = cancellationToken },
                i => drawn[i] = DrawnFaces.Draw(seed, start + i));
            for (var i = 0; i < drawn.Length; i++)
            {
                var face = drawn[i];
                add(face.Face.ImagePath, face.Jpeg.ToArray());
                (first + i < training ? train : test).Add(face.Face);
                var (box, right, bottom) = (face.Box, face.Box.Left + face.Box.Side, face.Box.Top + face.Box.Side);
                boxes.Append(CultureInfo.InvariantCulture, $"{face.Face.ImagePath},{box.Left},{box.Top},{right},{bottom},1\n");
            }

            progress?.Report(new(first + drawn.Length, training + testing));
        }

        addBoxes(Encoding.ASCII.GetBytes(boxes.ToString()));
        add(MtflArchive.AnnotationFile(MtflSplit.Training), Annotate(train));
        add(MtflArchive.AnnotationFile(MtflSplit.Testing), Annotate(test));
    }

    private static byte[] Annotate(List<AnnotatedFace> faces)
    {
        var text = new StringBuilder();
        var numbers = new float[FaceLandmarks.Numbers];
        foreach (var face in faces)
        {
            face.Landmarks.CopyTo(numbers);
            text.Append(face.ImagePath.Replace('/', '\\'));
            foreach (var number in numbers)
            {
                text.Append(CultureInfo.InvariantCulture, $" {MtflCoordinate.Write(number)}");
            }

            foreach (var attribute in MtflAnnotations.Columns)
            {
                text.Append(CultureInfo.InvariantCulture, $" {attribute.MtflCodes[face.Attributes[attribute]]}");
            }

            text.Append("\r\n ");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
