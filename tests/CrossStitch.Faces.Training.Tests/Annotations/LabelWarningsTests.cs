using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class LabelWarningsTests
{
    private static readonly Lazy<AnnotatedFace[]> Once = new(() => [.. Enumerable.Range(0, 40).Select(i => DrawnFaces.Draw(1, i).Face with { Line = i + 1 })]);

    [Fact]
    public void Right_labels_are_passed_without_a_word() => Assert.Empty(LabelWarnings.Of("training.txt", Reordered([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])));

    [Fact]
    public void Exchanged_left_and_right_is_told_with_counts_examples_and_what_it_looks_like()
    {
        var warnings = LabelWarnings.Of("training.txt", Reordered([1, 0, 2, 4, 3, 6, 5, 7, 9, 8]));

        Assert.Contains("40 of 40 faces have the left eye right of the right eye (left and right as seen in the picture) (training.txt, lines 1, 2, 3, …).", warnings);
        Assert.Contains(warnings, warning => warning.Contains("look like the person's left and right", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("look like x1 y1 x2 y2", 0, 5, 1, 6, 2, 7, 3, 8, 4, 9)]
    [InlineData("look like y1 x1 y2 x2", 5, 0, 6, 1, 7, 2, 8, 3, 9, 4)]
    [InlineData("look like y1..y5, then x1..x5", 5, 6, 7, 8, 9, 0, 1, 2, 3, 4)]
    [InlineData("a nose that is not between", 2, 1, 0, 3, 4, 7, 6, 5, 8, 9)]
    [InlineData("the mouth above the eyes", 3, 4, 2, 0, 1, 8, 9, 7, 5, 6)]
    public void Another_order_of_the_numbers_is_told(string expected, params int[] order) =>
        Assert.Contains(LabelWarnings.Of("training.txt", Reordered(order)), warning => warning.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_y_axis_that_points_upwards_is_told()
    {
        var upwards = Drawn().Select(face => face with { Landmarks = face.Landmarks.Map(point => new(point.X, 144 - point.Y)) }).ToList();

        Assert.Contains(LabelWarnings.Of("testing.txt", upwards), warning => warning.StartsWith("40 of 40 faces have the mouth above the eyes", StringComparison.Ordinal));
    }

    [Fact]
    public void Exchanged_mouth_corners_alone_are_told()
    {
        var exchanged = Drawn().Select(face => face with
        {
            Landmarks = face.Landmarks with { LeftMouthCorner = face.Landmarks.RightMouthCorner, RightMouthCorner = face.Landmarks.LeftMouthCorner },
        }).ToList();

        Assert.StartsWith("40 of 40 faces have the left mouth corner right", LabelWarnings.Of("training.txt", exchanged)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_face_that_stands_on_its_head_is_told_of_once()
    {
        var faces = Drawn();
        faces[5] = faces[5] with { Landmarks = faces[5].Landmarks.Map(point => new(144 - point.X, 144 - point.Y)) };

        Assert.StartsWith("1 of 40 faces has the mouth above the eyes", Assert.Single(LabelWarnings.Of("training.txt", faces)), StringComparison.Ordinal);
    }

    [Fact]
    public void Poses_counted_from_the_other_side_are_told()
    {
        var mirrored = Drawn().Select(face => face with { Attributes = face.Attributes.ToMirrored() }).ToList();

        Assert.Contains("leans away from the side", Assert.Single(LabelWarnings.Of("training.txt", mirrored)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_exchanged_face_among_many_is_told_by_its_line()
    {
        var faces = Drawn();
        faces[16] = faces[16] with { Landmarks = faces[16].Landmarks with { LeftEye = faces[16].Landmarks.RightEye, RightEye = faces[16].Landmarks.LeftEye } };

        var warning = Assert.Single(LabelWarnings.Of("training.txt", faces));

        Assert.StartsWith("1 of 40 faces has the left eye right", warning, StringComparison.Ordinal);
        Assert.EndsWith("(training.txt, line 17).", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inspection_carries_the_warnings_of_each_split()
    {
        using var tiny = TinyArchive.WithFaces(1).Add("testing.txt", "faces/0.jpg 60 40 50 58 42 45 45 55 66 66 1 2 2 3\n");
        using var archive = MtflArchive.Open(tiny.Folder);

        var splits = ArchiveInspection.Of(archive, cancellation: TestContext.Current.CancellationToken).Splits;

        Assert.Empty(splits[0].Warnings);
        Assert.Empty(splits[1].Problems);
        Assert.Contains(splits[1].Warnings, warning => warning.Contains("(testing.txt, line 1)", StringComparison.Ordinal));
    }

    private static List<AnnotatedFace> Drawn() => [.. Once.Value];

    /// <summary>Faces as they are read from a file that has the ten numbers in another order.</summary>
    private static List<AnnotatedFace> Reordered(int[] order) => [.. Drawn().Select(face =>
    {
        var numbers = new float[FaceLandmarks.Numbers];
        face.Landmarks.CopyTo(numbers);
        return face with { Landmarks = FaceLandmarks.FromNumbers(Array.ConvertAll(order, i => numbers[i])) };
    })];
}
