using System.Globalization;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Measures;

public sealed class ReaderMeasuresTests : IDisposable
{
    private const int Faces = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("reader-measures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_protocol_reads_the_photos_in_boxes_of_its_own()
    {
        var boxes = BoxFile.Read(DrawnArchive.Write(_folder, 1, Faces, 3, cancellationToken: TestContext.Current.CancellationToken));
        using var archive = MtflArchive.Open(_folder);
        var finder = new Recorded();
        using var reader = new FaceReader(finder, FaceReader.Default.Model);
        var (measures, problems) = ReaderMeasures.Of(archive, MtflSplit.Testing, reader, boxes, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(problems);
        Assert.Equal([BoxProtocol.Detector, BoxProtocol.Landmarks, BoxProtocol.WholePicture], measures.Select(measure => measure.Protocol));
        Assert.All(measures, measure => Assert.Equal(Faces, measure.Faces));
        Assert.All(measures, measure => Assert.Equal(Faces, measure.ByPose.Sum(pose => pose.Faces)));

        // The finder gives nothing, so that the middle of the picture is read.
        Assert.Equal([0, 0, Faces], measures.Select(measure => measure.Fallbacks));
        var faces = archive.Read(MtflSplit.Testing).Faces;
        Assert.Equal(ByHand(face => new BoxResolver(boxes).Resolve(face).Box), measures[0].Error, 1e-5);
        Assert.Equal(ByHand(face => ReferenceBox.Around(face.Landmarks)), measures[1].Error, 1e-5);
        Assert.NotEqual(measures[1].Error, measures[2].Error);
        Assert.True(measures[0].HalfWidth > 0 && measures[0].FailureRate is >= 0 and <= 1);
        Assert.Equal(FaceAttribute.All.Select(attribute => attribute.Name), measures[0].BalancedAccuracy.Keys);

        double ByHand(Func<AnnotatedFace, FaceBox> box) => faces.Average(face =>
        {
            var read = reader.ReadAt(Photo.Load(Path.Combine(_folder, face.ImagePath)).Pixels, [box(face)])[0];
            return Enum.GetValues<Landmark>().Average(landmark => read.Landmarks[landmark].DistanceTo(face.Landmarks[landmark])) / face.Landmarks.InterOcularDistance;
        });
    }

    [Fact]
    public void An_offset_that_all_annotations_have_is_told_and_what_the_error_is_without_it()
    {
        var boxes = BoxFile.Read(DrawnArchive.Write(_folder, 1, Faces, 3, cancellationToken: TestContext.Current.CancellationToken));
        using var reader = new FaceReader(new Recorded(), FaceReader.Default.Model);
        var before = Measured();

        // The same pictures, annotated three pixels further to the right and two further up, as by someone who counts otherwise.
        var file = Path.Combine(_folder, "testing.txt");
        File.WriteAllLines(file, File.ReadAllLines(file).Where(line => line.Trim().Length > 0).Select(line =>
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return string.Join(' ', fields.Select((field, i) => i is >= 1 and <= 10 ? (double.Parse(field, CultureInfo.InvariantCulture) + (i <= 5 ? 3 : -2)).ToString(CultureInfo.InvariantCulture) : field));
        }));
        var after = Measured();

        Assert.Equal(before.Offset.X - 3, after.Offset.X, 1e-3f);
        Assert.Equal(before.Offset.Y + 2, after.Offset.Y, 1e-3f);
        Assert.Equal(before.ErrorWithoutOffset, after.ErrorWithoutOffset, 1e-5);
        Assert.NotEqual(before.Error, after.Error, 1e-3);

        ReaderMeasure Measured()
        {
            using var archive = MtflArchive.Open(_folder);
            var (measures, _) = ReaderMeasures.Of(archive, MtflSplit.Testing, reader, boxes, cancellation: TestContext.Current.CancellationToken);
            return measures.Single(measure => measure.Protocol == BoxProtocol.Detector);
        }
    }

    [Fact]
    public void The_find_that_is_nearest_to_the_middle_is_read_and_without_boxes_there_is_no_detector()
    {
        DrawnArchive.Write(_folder, 1, 3, 4, cancellationToken: TestContext.Current.CancellationToken);
        using var archive = MtflArchive.Open(_folder);
        var faces = archive.Read(MtflSplit.Testing).Faces;
        var picture = Photo.Load(Path.Combine(_folder, faces[0].ImagePath));
        var middle = new FaceBox(picture.Width / 2f, picture.Height / 2f, 40, BoxSource.Detector);
        var finder = new Recorded(middle with { CenterX = 0 }, middle, middle with { CenterY = 1 });
        using var reader = new FaceReader(finder, FaceReader.Default.Model);
        var (measures, _) = ReaderMeasures.Of(archive, MtflSplit.Testing, reader, null, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([BoxProtocol.Landmarks, BoxProtocol.WholePicture], measures.Select(measure => measure.Protocol));
        Assert.Equal(0, measures[1].Fallbacks);
        var expected = faces.Average(face =>
        {
            var read = reader.ReadAt(Photo.Load(Path.Combine(_folder, face.ImagePath)).Pixels, [middle])[0];
            return Enum.GetValues<Landmark>().Average(landmark => read.Landmarks[landmark].DistanceTo(face.Landmarks[landmark])) / face.Landmarks.InterOcularDistance;
        });
        Assert.Equal(expected, measures[1].Error, 1e-5);
    }

    [Fact]
    public void A_picture_too_small_for_a_finder_is_read_as_a_whole()
    {
        using var tiny = new TinyArchive();
        tiny.Add("testing.txt", " faces\\0.jpg 6 14 10 7 13 8 8 11 15 15 1 2 2 3\r\n").Add("faces/0.jpg", TinyArchive.Jpeg(size: 20));
        using var archive = MtflArchive.Open(tiny.Folder);
        using var reader = new FaceReader(new Recorded(), FaceReader.Default.Model);
        var (measures, _) = ReaderMeasures.Of(archive, MtflSplit.Testing, reader, null, cancellation: TestContext.Current.CancellationToken);
        var face = archive.Read(MtflSplit.Testing).Faces[0];
        var read = reader.ReadAt(PhotoDecoder.Decode(archive.ReadImage(face), face.ImagePath).Pixels, [new FaceBox(10, 10, 20, BoxSource.Detector)])[0];
        Assert.Equal((1, 1), (measures[1].Faces, measures[1].Fallbacks));
        Assert.Equal(Enum.GetValues<Landmark>().Average(landmark => read.Landmarks[landmark].DistanceTo(face.Landmarks[landmark])) / face.Landmarks.InterOcularDistance, measures[1].Error, 1e-5);
    }

    private sealed class Recorded(params FaceBox[] boxes) : IFaceFinder
    {
        public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default) => [.. boxes.Select(box => new FoundFace(box, 1))];
    }
}
