using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class FaceSetLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("face-set-loader-").FullName;

    private string Archive => Path.Combine(_folder, "faces");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Faces_that_the_program_wrote_are_loaded_without_a_warning()
    {
        var boxes = Write(6, 3);

        var faces = Load(new MtflData(Archive, boxes));

        Assert.Equal((6, 3), (faces.Training.Count, faces.Test!.Count));
        Assert.Empty(faces.Warnings);
        Assert.Equal(new BoxCounts(Detector: 3, Reference: 0, Mismatched: 0), faces.TestBoxes);
    }

    [Fact]
    public void Test_boxes_from_true_landmarks_are_counted()
    {
        Write(2, 3);

        Assert.Equal(new BoxCounts(Detector: 0, Reference: 3, Mismatched: 0), Load(new MtflData(Archive)).TestBoxes);
    }

    [Fact]
    public void An_empty_test_split_is_as_good_as_none()
    {
        var boxes = Write(4, 0);

        var faces = Load(new MtflData(Archive, boxes));

        Assert.Equal(4, faces.Training.Count);
        Assert.Null(faces.Test);
        Assert.Null(faces.TestBoxes);
        Assert.Empty(faces.Warnings);
    }

    [Fact]
    public void An_archive_without_a_training_face_says_so()
    {
        Write(0, 3);

        Assert.Contains("there is nothing to train on", Assert.Throws<FaceDataException>(() => Load(new MtflData(Archive))).Message, StringComparison.Ordinal);
        Assert.Equal(3, FaceSetLoader.LoadSplit(new MtflData(Archive), MtflSplit.Testing, cancellation: TestContext.Current.CancellationToken).Faces.Count);
    }

    [Fact]
    public void Boxes_that_fit_no_picture_are_refused_and_those_that_fit_some_are_told_also_from_the_cache()
    {
        var boxes = Write(4, 2);
        var lines = File.ReadAllLines(boxes);
        File.WriteAllLines(boxes, lines.Select(line => line.Replace("drawn/", "", StringComparison.Ordinal)));
        Assert.Throws<FaceDataException>(() => Load(new MtflData(Archive, boxes)));

        File.WriteAllLines(boxes, lines[..4]);
        foreach (var _ in new[] { "read", "cached" })
        {
            var faces = Load(new MtflData(Archive, boxes));
            Assert.Contains(faces.Warnings, warning => warning.Contains("1 of 4 training pictures has no box", StringComparison.Ordinal));
            Assert.Contains(faces.Warnings, warning => warning.Contains("not one of the 2 testing pictures has a box", StringComparison.Ordinal));
            Assert.Equal(new BoxCounts(Detector: 0, Reference: 2, Mismatched: 0), faces.TestBoxes);
        }
    }

    [Fact]
    public void Labels_that_no_faces_have_are_told_also_from_the_cache()
    {
        Write(4, 2);
        var list = Path.Combine(Archive, "testing.txt");
        int[] mirrored = [0, 2, 1, 3, 5, 4, 7, 6, 8, 10, 9, 11, 12, 13, 14];
        File.WriteAllLines(list, File.ReadAllLines(list).Where(line => line.Trim().Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => string.Join(' ', mirrored.Select(i => words[i]))));

        foreach (var _ in new[] { "read", "cached" })
        {
            Assert.Contains(Load(new MtflData(Archive)).Warnings, warning => warning.StartsWith("2 of 2 faces have the left eye right", StringComparison.Ordinal));
            Assert.NotEmpty(FaceSetLoader.LoadSplit(new MtflData(Archive), MtflSplit.Testing, cancellation: TestContext.Current.CancellationToken).Warnings);
        }
    }

    [Fact]
    public void Training_faces_among_the_test_faces_are_told_also_from_the_cache()
    {
        Write(4, 2);
        File.Copy(Path.Combine(Archive, "training.txt"), Path.Combine(Archive, "testing.txt"), overwrite: true);

        foreach (var _ in new[] { "read", "cached" })
        {
            Assert.StartsWith("4 of 4 faces of testing.txt are training faces too", Assert.Single(Load(new MtflData(Archive)).Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_face_listed_twice_is_told()
    {
        Write(4, 2);
        var list = Path.Combine(Archive, "training.txt");
        File.AppendAllText(list, File.ReadLines(list).First());

        Assert.StartsWith("1 of 5 faces of training.txt repeats one of the same file", Assert.Single(Load(new MtflData(Archive)).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Drawn_faces_have_boxes_of_no_detector()
    {
        var faces = Load(new DrawnData(2, 2));

        Assert.All(faces.Test!.Faces, face => Assert.Equal(BoxSource.Drawn, face.Box.Source));
        Assert.Equal(new BoxCounts(Detector: 0, Reference: 0, Mismatched: 0), faces.TestBoxes);
    }

    [Theory]
    [InlineData(700_000, 350_000)]
    [InlineData(2_000_000_000, 1_000_000_000)]
    [InlineData(-1, 5)]
    [InlineData(0, 0)]
    public void Numbers_of_faces_that_cannot_be_had_are_one_line(int training, int test) =>
        Assert.DoesNotContain('\n', Assert.Throws<FaceDataException>(() => Load(new DrawnData(training, test))).Message);

    private static FaceSets Load(DataRecipe data) => FaceSetLoader.Load(data, cancellation: TestContext.Current.CancellationToken);

    private string Write(int training, int testing) =>
        DrawnArchive.Write(Archive, training, testing, 5, cancellationToken: TestContext.Current.CancellationToken);
}
