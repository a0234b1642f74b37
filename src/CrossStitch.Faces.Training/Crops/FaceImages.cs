using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>Reads the pictures of annotated faces and checks that the two fit together.</summary>
internal static class FaceImages
{
    private const int FacesBetweenReports = 50;

    /// <summary>
    /// Reads the picture of every face, on all cores, and hands it on; a picture of several faces is read once. However many
    /// cores there are, no more pictures are in memory at once than <see cref="FaceLimits.DecodingMemory"/> allows.
    /// </summary>
    /// <param name="archive">The archive.</param>
    /// <param name="split">The split that the faces are of.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="skipInvalid">Whether to go on after a face that cannot be used.</param>
    /// <param name="use">Given a face's index, its picture, which is good until it returns, and the <see cref="GrayImage.ContentHash"/> of that; from several threads at once.</param>
    /// <param name="progress">Receives how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>For each face, why it cannot be used; null where it can.</returns>
    /// <exception cref="CrossStitchException">
    /// A face cannot be used, and such are not to be skipped: the first of the list. Or more cannot than are worth listing.
    /// </exception>
    public static FaceProblem?[] ForEach(
        MtflArchive archive,
        MtflSplit split,
        IReadOnlyList<AnnotatedFace> faces,
        bool skipInvalid,
        Action<int, GrayImage, ulong> use,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellation)
    {
        var problems = new FaceProblem?[faces.Count];
        var pictures = Enumerable.Range(0, faces.Count).GroupBy(i => faces[i].ImagePath, StringComparer.Ordinal).Select(picture => picture.ToArray()).ToArray();

        // Pictures are begun in the order of their first faces, so once a face is invalid, none that comes after it matters;
        // those before it are still read, so that the first problem is found whichever thread is ahead.
        var (done, found, first) = (0, 0, faces.Count);
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = archive.Limits.Workers };
        Parallel.For(0, pictures.Length, parallel, number =>
        {
            var picture = pictures[number];
            if (skipInvalid ? Volatile.Read(ref found) > archive.Limits.Problems : picture[0] > Volatile.Read(ref first))
            {
                return;
            }

            foreach (var (i, message) in Read(archive, faces, picture, use))
            {
                problems[i] = new FaceProblem(MtflArchive.AnnotationFile(split), faces[i].Line, message);
                Interlocked.Increment(ref found);
                Lower(ref first, i);
            }

            var before = Interlocked.Add(ref done, picture.Length) - picture.Length;
            if ((before + picture.Length) / FacesBetweenReports > before / FacesBetweenReports || before + picture.Length == faces.Count)
            {
                progress?.Report(new(before + picture.Length, faces.Count));
            }
        });
        if (!skipInvalid && first < faces.Count)
        {
            throw problems[first]!.ToException();
        }

        MtflAnnotations.CheckCount([.. problems.OfType<FaceProblem>()], archive.Limits);
        return problems;
    }

    /// <summary>Uses the faces of one picture; returns those that cannot be used, and why.</summary>
    private static List<(int Face, string Message)> Read(MtflArchive archive, IReadOnlyList<AnnotatedFace> faces, int[] picture, Action<int, GrayImage, ulong> use)
    {
        var problems = new List<(int, string)>();
        var face = faces[picture[0]];
        try
        {
            using var place = archive.FileMemory.Enter(archive.ImageLength(face));
            using var photo = new EncodedPhoto(archive.ReadImage(face, place.Room), face.ImagePath);
            using var room = archive.DecodingMemory.Enter(photo.Memory);
            var image = photo.Decode(room.Room);
            var hash = image.ContentHash;
            foreach (var i in picture)
            {
                if (Outside(faces[i], image) is { } message)
                {
                    problems.Add((i, message));
                }
                else
                {
                    use(i, image, hash);
                }
            }
        }
        catch (Exception invalid) when (invalid is CrossStitchException or FaceDataException)
        {
            problems.AddRange(picture.Select(i => (i, invalid.Message)));
        }

        return problems;
    }

    private static string? Outside(AnnotatedFace face, GrayImage image)
    {
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var point = face.Landmarks[(Landmark)i];
            if (point.X > image.Width || point.Y > image.Height)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {LandmarkNames.Of((Landmark)i)}, at ({(float)MtflCoordinate.Write(point.X)}, {(float)MtflCoordinate.Write(point.Y)}), lies outside the image {QuotedText.Of(face.ImagePath)} of {image.Width}×{image.Height} pixels.");
            }
        }

        return null;
    }

    private static void Lower(ref int least, int value)
    {
        for (var seen = Volatile.Read(ref least); value < seen; seen = Volatile.Read(ref least))
        {
            Interlocked.CompareExchange(ref least, value, seen);
        }
    }
}
