using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Tests.Boxes;

public class BoxMatchTests
{
    private const string Around = ",25,20,75,80,1\n";

    [Theory]
    [InlineData("0.jpg")]
    [InlineData("MTFL/faces/0.jpg")]
    [InlineData("FACES/0.JPG")]
    public void A_box_file_that_names_no_picture_of_the_archive_is_refused_with_a_path_of_each(string path)
    {
        using var tiny = TinyArchive.WithFaces(3);
        using var archive = MtflArchive.Open(tiny.Folder);

        var message = Assert.Throws<CrossStitchException>(() => BoxMatch.Of(archive, Boxes(path + Around))).Message;

        Assert.Contains("not one of its 1 boxes", message, StringComparison.Ordinal);
        Assert.Contains($"It names '{path}'", message, StringComparison.Ordinal);
        Assert.Contains("the archive names 'faces/0.jpg'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_for_all_pictures_of_both_splits_are_passed_without_a_word()
    {
        using var tiny = TinyArchive.WithFaces(3).Add("testing.txt", TinyArchive.Line("faces/t.jpg")).Add("faces/t.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);
        var match = BoxMatch.Of(archive, Boxes(string.Concat(new[] { "0", "1", "2", "t" }.Select(name => $"faces/{name}.jpg{Around}"))));

        Assert.Empty(match.Warnings(MtflSplit.Training));
        Assert.Empty(match.Warnings(MtflSplit.Testing));
    }

    [Fact]
    public void What_does_not_match_is_counted()
    {
        using var tiny = TinyArchive.WithFaces(3).Add("testing.txt", TinyArchive.Line("faces/t.jpg")).Add("faces/t.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);
        var match = BoxMatch.Of(archive, Boxes($"faces/0.jpg{Around}other/1.jpg{Around}other/2.jpg{Around}"));

        Assert.Collection(
            match.Warnings(MtflSplit.Training),
            lacking => Assert.StartsWith("boxes.csv: 2 of the 3 pictures that it names are not in the archive, for example 'other/1.jpg'", lacking, StringComparison.Ordinal),
            missing => Assert.StartsWith("boxes.csv: 2 of 3 training pictures have no box, for example 'faces/1.jpg'", missing, StringComparison.Ordinal));
        Assert.Contains(match.Warnings(MtflSplit.Testing), warning => warning.Contains("not one of the 1 testing pictures has a box", StringComparison.Ordinal));
    }

    [Fact]
    public void Boxes_beside_their_faces_are_told()
    {
        using var tiny = TinyArchive.WithFaces(2);
        using var archive = MtflArchive.Open(tiny.Folder);
        var match = BoxMatch.Of(archive, Boxes($"faces/0.jpg{Around}faces/1.jpg,0,0,30,30,1\n"));

        Assert.StartsWith(
            "1 of 2 faces has landmarks outside the detected boxes of their picture (training.txt, line 2)", Assert.Single(match.Warnings(MtflSplit.Training)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_inspection_with_boxes_warns_of_them()
    {
        using var tiny = TinyArchive.WithFaces(2);
        using var archive = MtflArchive.Open(tiny.Folder);

        var inspection = ArchiveInspection.Of(archive, Boxes("faces/0.jpg" + Around), cancellation: TestContext.Current.CancellationToken);

        Assert.Contains(inspection.Splits[0].Warnings, warning => warning.Contains("1 of 2 training pictures has no box", StringComparison.Ordinal));
    }

    private static BoxFile Boxes(string lines) => BoxFile.Parse("image,x1,y1,x2,y2,score\n" + lines, "boxes.csv");
}
