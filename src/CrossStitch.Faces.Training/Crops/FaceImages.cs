using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>Reads the pictures of annotated faces and checks that the two fit together.</summary>
internal static class FaceImages
{
    private const int FacesBetweenReports = 50;

    /// <summary>Reads the picture of every face, on all cores, and hands it on.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="split">The split that the faces are of.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="skipInvalid">Whether to go on after a face that cannot be used.</param>
    /// <param name="use">Given a face's index and picture, from several threads at once.</param>
    /// <param name="progress">Receives how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>For each face, why it cannot be used; null where it can.</returns>
    /// <exception cref="CrossStitchException">A face cannot be used, and such are not to be skipped: the first of the list.</exception>
    public static FaceProblem?[] ForEach(
        MtflArchive archive,
        MtflSplit split,
        IReadOnlyList<AnnotatedFace> faces,
        bool skipInvalid,
        Action<int, GrayImage> use,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellation)
    {
        var problems = new FaceProblem?[faces.Count];
        var done = 0;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, faces.Count, parallel, (i, loop) =>
        {
            try
            {
                use(i, Read(archive, faces[i]));
            }
            catch (CrossStitchException invalid)
            {
                problems[i] = new FaceProblem(MtflArchive.AnnotationFile(split), faces[i].Line, invalid.Message);
                if (!skipInvalid)
                {
                    // Faces before this one are still read, so that the first problem is found whichever thread is ahead.
                    loop.Break();
                }
            }

            var now = Interlocked.Increment(ref done);
            if (now % FacesBetweenReports == 0 || now == faces.Count)
            {
                progress?.Report(new(now, faces.Count));
            }
        });
        return skipInvalid || problems.FirstOrDefault(problem => problem is not null) is not { } first
            ? problems
            : throw first.ToException();
    }

    private static GrayImage Read(MtflArchive archive, AnnotatedFace face)
    {
        var image = Decode(archive.ReadImage(face), face.ImagePath);
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var point = face.Landmarks[(Landmark)i];
            if (point.X > image.Width || point.Y > image.Height)
            {
                throw new CrossStitchException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {LandmarkNames.Of((Landmark)i)}, at ({point.X}, {point.Y}), lies outside the image {QuotedText.Of(face.ImagePath)} of {image.Width}×{image.Height} pixels."));
            }
        }

        return image;
    }

    private static GrayImage Decode(byte[] file, string name)
    {
        try
        {
            return PhotoDecoder.Decode(file, name);
        }
        catch (FaceDataException error)
        {
            throw new CrossStitchException(error.Message, error);
        }
    }
}
