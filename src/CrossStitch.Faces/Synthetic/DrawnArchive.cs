using System.Globalization;
using System.IO.Compression;
using System.Text;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Synthetic;

/// <summary>
/// Writes drawn faces in the layout of the MTFL download, quirks included: <c>training.txt</c> and <c>testing.txt</c>
/// with backslashes in paths, a space before all lines but the first, CRLF, a last line of one space; JPEG pictures;
/// and beside them a box file, <c>image,x1,y1,x2,y2,score</c>. The same arguments give the same bytes
/// (on one platform, see <see cref="DrawnFaces"/>).
/// </summary>
public static class DrawnArchive
{
    private const int Batch = 64;

    // Zip entries carry a date; any fixed one will do.
    private static readonly DateTimeOffset Date = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an archive: faces 0 to <paramref name="training"/> − 1 of the seed to train on, then those to test on.</summary>
    /// <param name="path">
    /// A file that ends in <c>.zip</c>, or a folder, which is created. An old file, or old files in the folder, are replaced.
    /// </param>
    /// <param name="training">How many faces to train on.</param>
    /// <param name="testing">How many faces to test on.</param>
    /// <param name="seed">The seed of <see cref="DrawnFaces"/>.</param>
    /// <param name="progress">Hears how many faces are written, now and then.</param>
    /// <param name="cancellationToken">Stops the writing; a zip begun is removed.</param>
    /// <returns>The box file's path: <c>boxes.csv</c> in the folder, or <c>NAME.boxes.csv</c> beside <c>NAME.zip</c>.</returns>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static string Write(
        string path, int training, int testing, long seed, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(training);
        ArgumentOutOfRangeException.ThrowIfNegative(testing);
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            Directory.CreateDirectory(path);
            var inside = Path.Combine(path, "boxes.csv");
            File.WriteAllText(inside, WriteEntries(AddFile, training, testing, seed, progress, cancellationToken));
            return inside;
        }

        var part = path + ".part";
        string boxes;
        try
        {
            using (var zip = new ZipArchive(File.Create(part), ZipArchiveMode.Create))
            {
                boxes = WriteEntries((name, bytes) => AddEntry(zip, name, bytes), training, testing, seed, progress, cancellationToken);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        var beside = Path.ChangeExtension(path, ".boxes.csv");
        File.WriteAllText(beside, boxes);
        return beside;

        void AddFile(string name, ReadOnlyMemory<byte> bytes)
        {
            var file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes.Span);
        }
    }

    private static void AddEntry(ZipArchive zip, string name, ReadOnlyMemory<byte> bytes)
    {
        // Stored as they are: pictures do not shrink, and compressed bytes would depend on the version of zlib.
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Date;
        using var stream = entry.Open();
        stream.Write(bytes.Span);
    }

    /// <summary>Draws and adds the pictures, then the annotation files.</summary>
    /// <returns>The box file's text.</returns>
    private static string WriteEntries(
        Action<string, ReadOnlyMemory<byte>> add,
        int training,
        int testing,
        long seed,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var boxes = new StringBuilder("image,x1,y1,x2,y2,score\n");
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
                add(face.Face.ImagePath, face.Jpeg);
                (first + i < training ? train : test).Add(face.Face);
                var (box, right, bottom) = (face.Box, face.Box.Left + face.Box.Side, face.Box.Top + face.Box.Side);
                boxes.Append(CultureInfo.InvariantCulture, $"{face.Face.ImagePath},{box.Left},{box.Top},{right},{bottom},1\n");
            }

            progress?.Report(new(first + drawn.Length, training + testing));
        }

        add("training.txt", Annotate(train));
        add("testing.txt", Annotate(test));
        return boxes.ToString();
    }

    private static ReadOnlyMemory<byte> Annotate(List<AnnotatedFace> faces)
    {
        var text = new StringBuilder();
        var numbers = new float[FaceLandmarks.Numbers];
        foreach (var face in faces)
        {
            face.Landmarks.CopyTo(numbers);
            text.Append(face.ImagePath.Replace('/', '\\'));
            foreach (var number in numbers)
            {
                text.Append(CultureInfo.InvariantCulture, $" {number}");
            }

            // MTFL's codes: 1 male, 2 female; 1 smiles, 2 does not; 1 wears glasses, 2 does not; 1 to 5 for the pose.
            var (pose, gender, glasses, smile) = face.Attributes;
            text.Append(
                CultureInfo.InvariantCulture,
                $" {(int)gender + 1} {(smile ? 1 : 2)} {(glasses ? 1 : 2)} {(int)pose + 1}\r\n ");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
