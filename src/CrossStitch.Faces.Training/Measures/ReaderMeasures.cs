using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Measures;

/// <summary>
/// Measures what an application gets: the pictures of an archive through a <see cref="FaceReader"/>, each with the box that a
/// protocol gives it.
/// </summary>
public static class ReaderMeasures
{
    private const double Interval = 1.96;

    /// <summary>Reads the faces of a split by each protocol.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="split">Which of its splits.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="boxes">A detector's boxes; null leaves <see cref="BoxProtocol.Detector"/> out.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A measure a protocol, and the faces that could not be read.</returns>
    /// <exception cref="CrossStitchException">The archive lacks the split, or no face can be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (IReadOnlyList<ReaderMeasure> Measures, IReadOnlyList<FaceProblem> Problems) Of(
        MtflArchive archive, MtflSplit split, FaceReader reader, BoxFile? boxes, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var reading = archive.Read(split, skipInvalid: true);
        BoxProtocol[] protocols = [.. boxes is null ? Array.Empty<BoxProtocol>() : [BoxProtocol.Detector], BoxProtocol.Landmarks, BoxProtocol.WholePicture];
        var resolver = new BoxResolver(boxes);
        var read = protocols.Select(_ => new ReadFace?[reading.Faces.Count]).ToArray();
        FaceDataException? broken = null;
        var problems = FaceImages.ForEach(archive, split, reading.Faces, skipInvalid: true, One, progress, cancellation);
        if (broken is not null)
        {
            throw new CrossStitchException(broken.Message, broken);
        }

        if (Array.TrueForAll(problems, problem => problem is not null))
        {
            var first = reading.Problems.Concat(problems.OfType<FaceProblem>()).MinBy(problem => problem.Line);
            throw new CrossStitchException($"{archive.Path}: {MtflArchive.AnnotationFile(split)} has no usable face{(first is null ? "." : $"; the first: {first}")}");
        }

        return (
            [.. protocols.Select((protocol, p) => Measure(protocol, [.. read[p].OfType<ReadFace>()]))],
            [.. reading.Problems.Concat(problems.OfType<FaceProblem>()).OrderBy(problem => problem.Line)]);

        void One(int index, GrayImage image, ulong hash)
        {
            var face = reading.Faces[index];
            for (var p = 0; p < protocols.Length; p++)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    read[p][index] = protocols[p] switch
                    {
                        BoxProtocol.Detector => At(resolver.Resolve(face).Box),
                        BoxProtocol.Landmarks => At(ReferenceBox.Around(face.Landmarks)) with { IsFallback = false },
                        _ => Alone(),
                    };
                }
                catch (FaceDataException error)
                {
                    // The model's fault, not the picture's.
                    broken = error;
                }
            }

            ReadFace At(FaceBox box) => new(face, reader.ReadAt(image.Pixels, [box], cancellation)[0], box.Source != BoxSource.Detector);

            // Of a picture too small for a finder nothing is left but to read all of it.
            ReadFace Alone() =>
                reader.ReadSingle(image.Pixels, new ReaderOptions { Finder = new FinderOptions { SmallestFace = FoundBoxes.SmallestFace } }, cancellation) is { } read
                    ? new(face, read, read.Score == 0)
                    : At(new FaceBox(image.Width / 2f, image.Height / 2f, Math.Min(image.Width, image.Height), BoxSource.Detector)) with { IsFallback = true };
        }
    }

    private static ReaderMeasure Measure(BoxProtocol protocol, IReadOnlyList<ReadFace> faces)
    {
        var errors = Errors(faces);
        ReadFace[] measured = [.. faces.Where(face => double.IsFinite(face.Error))];
        FacePoint offset = new(Median([.. measured.Select(face => face.Offset.X)]), Median([.. measured.Select(face => face.Offset.Y)]));
        var moved = Errors([.. measured.Select(face => face.MovedBy(offset))]);
        var mean = errors.Count == 0 ? double.NaN : errors.Average();
        var spread = errors.Count < 2 ? double.NaN : Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (errors.Count - 1) / errors.Count);
        return new ReaderMeasure(
            protocol,
            faces.Count,
            faces.Count(face => face.IsFallback),
            mean,
            Interval * spread,
            Failures(errors),
            FaceAttribute.All.Where(attribute => faces.Any(face => face.Predicted(attribute) is not null)).ToDictionary(attribute => attribute.Name, attribute => Balanced(attribute, faces)),
            [
                .. FaceAttribute.Pose.Classes.Select((pose, number) =>
                {
                    var ofPose = Errors([.. faces.Where(face => face.True[FaceAttribute.Pose] == number)]);
                    return new PoseError(pose, ofPose.Count, ofPose.Count == 0 ? double.NaN : ofPose.Average(), Failures(ofPose));
                }),
            ],
            offset,
            moved.Count == 0 ? double.NaN : moved.Average());
    }

    private static float Median(List<float> numbers)
    {
        numbers.Sort();
        var middle = numbers.Count / 2;
        return numbers.Count == 0 ? 0 : numbers.Count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static double Failures(IReadOnlyList<double> errors) =>
        errors.Count == 0 ? double.NaN : (double)errors.Count(error => error > FaceMeasures.InterOcularFailureThreshold) / errors.Count;

    private static List<double> Errors(IReadOnlyList<ReadFace> faces) => [.. faces.Select(face => face.Error).Where(double.IsFinite)];

    private static double Balanced(FaceAttribute attribute, IReadOnlyList<ReadFace> faces) => faces
        .GroupBy(face => face.True[attribute])
        .Average(group => (double)group.Count(face => face.Predicted(attribute) == group.Key) / group.Count());

    private sealed record ReadFace(AnnotatedFace Annotated, Face Read, bool IsFallback)
    {
        public FaceAttributes True => Annotated.Attributes;

        public double Error
        {
            get
            {
                var eyes = (double)Annotated.Landmarks.InterOcularDistance;

                // Eyes that coincide are no scale; see FaceMeasures.
                return eyes < FaceMeasures.MinimumInterOcularDistance * Read.Box.Side ? double.NaN
                    : Enum.GetValues<Landmark>().Average(landmark => (double)Read.Landmarks[landmark].DistanceTo(Annotated.Landmarks[landmark])) / eyes;
            }
        }

        /// <summary>The mean of the five points that were read less that of the annotated ones, in pixels.</summary>
        public FacePoint Offset => new(Mean(point => point.X), Mean(point => point.Y));

        public ReadFace MovedBy(FacePoint offset) => this with { Read = Read with { Landmarks = Read.Landmarks.Map(point => new(point.X - offset.X, point.Y - offset.Y)) } };

        public int? Predicted(FaceAttribute attribute) =>
            attribute == FaceAttribute.Pose ? (int?)Read.Pose?.Value
            : attribute == FaceAttribute.Gender ? (int?)Read.Gender?.Value
            : attribute == FaceAttribute.Glasses ? Number(Read.Glasses)
            : Number(Read.Smile);

        private float Mean(Func<FacePoint, float> coordinate) => Enum.GetValues<Landmark>().Average(landmark => coordinate(Read.Landmarks[landmark]) - coordinate(Annotated.Landmarks[landmark]));

        private static int? Number(Prediction<bool>? prediction) => prediction is null ? null : prediction.Value ? 1 : 0;
    }
}
