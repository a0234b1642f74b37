using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Data;

public sealed class FaceDatasetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("face-dataset-").FullName;

    private string Archive => Path.Combine(_folder, "faces");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Faces_that_the_program_wrote_are_loaded_without_a_warning()
    {
        var boxes = Write(6, 3);

        var faces = Load(new MtflData(Archive, boxes));

        Assert.Equal((6, 3), (faces.TrainingFaces.Count, faces.TestFaces!.Count));
        Assert.Empty(faces.Warnings);
        Assert.Equal((3, 0), TestBoxes(faces));
    }

    [Fact]
    public void Test_boxes_from_true_landmarks_are_counted()
    {
        Write(2, 3);

        Assert.Equal((0, 3), TestBoxes(Load(new MtflData(Archive))));
    }

    [Fact]
    public void An_empty_test_split_is_as_good_as_none()
    {
        var boxes = Write(4, 0);

        var faces = Load(new MtflData(Archive, boxes));

        Assert.Equal(4, faces.TrainingFaces.Count);
        Assert.Null(faces.Test);
        Assert.Null(faces.TestFaces);
        Assert.Empty(faces.Warnings);
    }

    [Fact]
    public void An_archive_without_a_training_face_says_so()
    {
        Write(0, 3);

        Assert.Contains("there is nothing to train on", Assert.Throws<CrossStitchException>(() => Load(new MtflData(Archive))).Message, StringComparison.Ordinal);
        Assert.Equal(3, new MtflData(Archive).LoadSplit(MtflSplit.Testing, cancellation: TestContext.Current.CancellationToken).Faces.Count);
    }

    [Fact]
    public void Boxes_that_fit_no_picture_are_refused_and_those_that_fit_some_are_reported_also_from_the_cache()
    {
        var boxes = Write(4, 2);
        var lines = File.ReadAllLines(boxes);
        File.WriteAllLines(boxes, lines.Select(line => line.Replace("drawn/", "", StringComparison.Ordinal)));
        Assert.Throws<CrossStitchException>(() => Load(new MtflData(Archive, boxes)));

        File.WriteAllLines(boxes, lines[..4]);
        foreach (var _ in new[] { "read", "cached" })
        {
            var faces = Load(new MtflData(Archive, boxes));
            Assert.Contains(faces.Warnings, warning => warning.Contains("1 of 4 training pictures has no box", StringComparison.Ordinal));
            Assert.Contains(faces.Warnings, warning => warning.Contains("not one of the 2 testing pictures has a box", StringComparison.Ordinal));
            Assert.Equal((0, 2), TestBoxes(faces));
        }
    }

    [Fact]
    public void Labels_that_no_faces_have_are_reported_also_from_the_cache()
    {
        Write(4, 2);
        var list = Path.Combine(Archive, "testing.txt");
        int[] mirrored = [0, 2, 1, 3, 5, 4, 7, 6, 8, 10, 9, 11, 12, 13, 14];
        File.WriteAllLines(list, File.ReadAllLines(list).Where(line => line.Trim().Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => string.Join(' ', mirrored.Select(i => words[i]))));

        foreach (var _ in new[] { "read", "cached" })
        {
            Assert.Contains(Load(new MtflData(Archive)).Warnings, warning => warning.StartsWith("2 of 2 faces have the left eye right", StringComparison.Ordinal));
            Assert.NotEmpty(new MtflData(Archive).LoadSplit(MtflSplit.Testing, cancellation: TestContext.Current.CancellationToken).Warnings);
        }
    }

    [Fact]
    public void Training_faces_among_the_test_faces_are_reported_also_from_the_cache()
    {
        Write(4, 2);
        File.Copy(Path.Combine(Archive, "training.txt"), Path.Combine(Archive, "testing.txt"), overwrite: true);

        foreach (var _ in new[] { "read", "cached" })
        {
            Assert.StartsWith("4 of 4 faces of testing.txt are training faces too", Assert.Single(Load(new MtflData(Archive)).Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_face_listed_twice_is_reported()
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

        Assert.All(faces.TestFaces!.Faces, face => Assert.Equal(BoxSource.Drawn, face.Box.Source));
        Assert.Equal((0, 0), TestBoxes(faces));
    }

    [Theory]
    [InlineData(700_000, 350_000)]
    [InlineData(2_000_000_000, 1_000_000_000)]
    [InlineData(-1, 5)]
    [InlineData(0, 0)]
    public void Numbers_of_faces_that_cannot_be_had_are_one_line(int training, int test) =>
        Assert.DoesNotContain('\n', Assert.Throws<CrossStitchException>(() => Load(new DrawnData(training, test))).Message);

    [Fact]
    public void What_is_wrong_with_faces_is_an_error_of_the_recipes_data_to_whoever_loads_it() =>
        Assert.Contains(Archive, Assert.Throws<CrossStitchException>(() => new MtflData(Archive).Load(cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_faces_have_another_fingerprint_wherever_they_lie()
    {
        Assert.Equal(Load(new DrawnData(3, 2)).Fingerprint, Load(new DrawnData(3, 2)).Fingerprint);
        Assert.NotEqual(Load(new DrawnData(3, 2)).Fingerprint, Load(new DrawnData(3, 2, Seed: 2)).Fingerprint);
        var (here, there) = (new MtflData("here/faces.zip", "here/boxes.csv"), new MtflData("there/faces.zip", "there/boxes.csv"));
        Assert.NotEqual<FacesRecipe>(here, there);
        Assert.Equal(here.Portable(), there.Portable());
        Assert.Equal(here.Anywhere(), new MtflData("other.zip").Anywhere());
    }

    private static FaceDataset Load(FacesRecipe data) => data.LoadFaces(null, TestContext.Current.CancellationToken);

    private static (int Detector, int Reference) TestBoxes(FaceDataset faces) => (
        faces.TestFaces!.Faces.Count(face => face.Box.Source == BoxSource.Detector), faces.TestFaces.Faces.Count(face => face.Box.Source == BoxSource.Reference));

    private string Write(int training, int testing) =>
        DrawnArchive.Write(Archive, training, testing, 5, cancellationToken: TestContext.Current.CancellationToken);
}
