using CrossStitch.Faces.Training.Boxes;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Boxes;

public class BoxFileTests
{
    private const string Header = "image,x1,y1,x2,y2,score\n";

    [Fact]
    public void Boxes_are_read_by_image_whatever_the_slashes_and_line_ends()
    {
        var boxes = BoxFile.Parse("image,x1,y1,x2,y2,score\r\na\\1.jpg,10,20.5,30,60.5,0.9\r\na/1.jpg,1,2,3,4,0.8\r\nb.jpg,-5,-5,5,5,1\r\n\r\n", "boxes.csv");

        Assert.Equal(2, boxes.Images);
        Assert.Equal([new(10, 20.5f, 30, 60.5f, 0.9f), new(1, 2, 3, 4, 0.8f)], boxes["a/1.jpg"]);
        Assert.Equal(new DetectedBox(-5, -5, 5, 5, 1), Assert.Single(boxes["b.jpg"]));
        Assert.Empty(boxes["c.jpg"]);
    }

    [Theory]
    [InlineData("\"a b/1.jpg\",\"1\",\"2\",\"3\",\"4\",\"1\"")]
    [InlineData("  a b/1.jpg , 1,2 ,\t3, 4 , 1 ")]
    [InlineData(" \"a b/1.jpg\" ,1,2,3,4,1")]
    [InlineData("./a b\\1.jpg,1,2,3,4,1")]
    public void Quotes_and_blanks_around_fields_are_taken_off(string line) =>
        Assert.Equal(new DetectedBox(1, 2, 3, 4, 1), Assert.Single(BoxFile.Parse($"\uFEFF\"image\", x1,y1 ,x2,y2,score\r{line}\r", "boxes.csv")["a b/1.jpg"]));

    [Fact]
    public void A_quoted_name_may_have_commas_and_quotes()
    {
        var boxes = BoxFile.Parse(Header + "\"a,\"\"b\"\".jpg\",1,2,3,4,1\ne\u0301.jpg,1,2,3,4,1", "boxes.csv");

        Assert.Single(boxes["a,\"b\".jpg"]);
        Assert.Single(boxes["\u00E9.jpg"]);
        Assert.Equal(2, boxes.Count);
    }

    [Fact]
    public void A_file_without_a_box_is_an_error() =>
        Assert.Contains("has no box", Assert.Throws<CrossStitchException>(() => BoxFile.Parse(Header + "\n", "boxes.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rectangle_becomes_the_square_of_its_longer_side_around_its_centre()
    {
        Assert.Equal(new FaceBox(20, 40, 40, BoxSource.Detector), new DetectedBox(10, 20, 30, 60, 1).ToFaceBox());
    }

    [Theory]
    [InlineData("", "line 1", "header")]
    [InlineData("a.jpg,1,2,3,4,1", "line 1", "header")]
    [InlineData(Header + "a.jpg,1,2,3,4", "line 2", "6 fields")]
    [InlineData(Header + "\na.jpg,1,2,x,4,1", "line 3", "x2 is 'x'")]
    [InlineData(Header + "a.jpg,1,NaN,3,4,1", "line 2", "y1 is 'NaN'")]
    [InlineData(Header + "a.jpg,1,2,1e30,4,1", "line 2", "x2 is '1e30'")]
    [InlineData(Header + "a.jpg,3,2,1,4,1", "line 2", "less than a pixel")]
    [InlineData(Header + "\"a.jpg,1,2,3,4,1", "line 2", "quote is not closed")]
    [InlineData(Header + "\"a.jpg\"b,1,2,3,4,1", "line 2", "quote is not closed")]
    [InlineData(Header + "../a.jpg,1,2,3,4,1", "line 2", "leaves the archive")]
    public void A_malformed_line_is_one_error_with_file_and_line(string text, string line, string reason)
    {
        var error = Assert.Throws<CrossStitchException>(() => BoxFile.Parse(text, "boxes.csv"));

        Assert.StartsWith($"boxes.csv, {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_file_as_it_was_given()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, Header + "a.jpg,1,2\n");
            Assert.StartsWith($"{path}, line 2: ", Assert.Throws<CrossStitchException>(() => BoxFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_is_a_clear_error() =>
        Assert.Throws<CrossStitchException>(() => BoxFile.Read(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));

    [Fact]
    public void The_content_key_changes_with_the_text() =>
        Assert.NotEqual(
            BoxFile.Parse(Header + "a.jpg,1,2,3,4,1", "boxes.csv").ContentKey,
            BoxFile.Parse(Header + "a.jpg,1,2,3,5,1", "boxes.csv").ContentKey);

    [Fact]
    public void Any_text_gives_boxes_or_a_clear_error() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["a,.-e0123456789\n\r "], 0, 60]).Sample(text =>
        {
            try
            {
                BoxFile.Parse(Header + text, "boxes.csv");
            }
            catch (CrossStitchException)
            {
            }
        });
}
