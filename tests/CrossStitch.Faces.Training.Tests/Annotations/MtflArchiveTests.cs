using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class MtflArchiveTests
{
    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(false, "MTFL/")]
    [InlineData(true, "MTFL/")]
    public void A_zip_and_a_folder_read_the_same_at_the_root_and_one_folder_down(bool zipped, string prefix)
    {
        var picture = TinyArchive.Jpeg();
        using var tiny = new TinyArchive()
            .Add(prefix + "training.txt", TinyArchive.Line("a/1.jpg"))
            .Add(prefix + "testing.txt", TinyArchive.Line("a/1.jpg") + TinyArchive.Line("a/1.jpg"))
            .Add(prefix + "a/1.jpg", picture);
        using var archive = MtflArchive.Open(zipped ? tiny.Pack() : tiny.Folder);

        Assert.Single(archive.Read(MtflSplit.Training).Faces);
        Assert.Equal(2, archive.Read(MtflSplit.Testing).Faces.Count);
        Assert.Equal(picture, archive.ReadImage(archive.Read(MtflSplit.Training).Faces[0]));
    }

    [Theory]
    [InlineData(MtflSplit.Training, MtflSplit.Testing)]
    [InlineData(MtflSplit.Testing, MtflSplit.Training)]
    public void An_archive_with_one_split_serves_that_one(MtflSplit present, MtflSplit absent)
    {
        using var tiny = new TinyArchive().Add(MtflArchive.AnnotationFile(present), TinyArchive.Line("1.jpg")).Add("1.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);

        Assert.True(archive.Has(present));
        Assert.False(archive.Has(absent));
        Assert.Single(archive.Read(present).Faces);
        var error = Assert.Throws<CrossStitchException>(() => archive.Read(absent));
        Assert.Contains(MtflArchive.AnnotationFile(absent), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(" \r\n \r\n", false)]
    [InlineData("nonsense", true)]
    public void An_annotation_file_without_a_line_lists_no_face(string text, bool has)
    {
        using var tiny = TinyArchive.WithFaces(1).Add("testing.txt", text);
        using var archive = MtflArchive.Open(tiny.Folder);

        Assert.True(archive.HasFaces(MtflSplit.Training));
        Assert.Equal(has, archive.HasFaces(MtflSplit.Testing));
    }

    [Fact]
    public void A_missing_image_is_an_error_with_file_and_line_or_is_left_out()
    {
        using var tiny = new TinyArchive()
            .Add("training.txt", TinyArchive.Line("1.jpg") + TinyArchive.Line("gone.jpg"))
            .Add("1.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Pack());

        var error = Assert.Throws<CrossStitchException>(() => archive.Read(MtflSplit.Training));
        Assert.StartsWith("training.txt, line 2: The image 'gone.jpg'", error.Message, StringComparison.Ordinal);
        var reading = archive.Read(MtflSplit.Training, skipInvalid: true);
        Assert.Equal("1.jpg", Assert.Single(reading.Faces).ImagePath);
        Assert.Equal(2, Assert.Single(reading.Problems).Line);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        using var tiny = new TinyArchive().Add("readme.txt", "nothing here");

        Assert.Throws<CrossStitchException>(() => MtflArchive.Open(Path.Combine(tiny.Folder, "absent.zip")));
        Assert.Throws<CrossStitchException>(() => MtflArchive.Open(Path.Combine(tiny.Folder, "readme.txt")));
        Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Folder));
        Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Pack()));
    }

    [Fact]
    public void Annotations_in_two_folders_are_ambiguous()
    {
        using var tiny = new TinyArchive().Add("a/training.txt", "").Add("b/training.txt", "");

        var error = Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Folder));
        Assert.Contains("'a' and in 'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_does_not_matter()
    {
        using var tiny = new TinyArchive().Add("training.txt", "\uFEFF" + TinyArchive.Line("1.jpg")).Add("1.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);

        Assert.Single(archive.Read(MtflSplit.Training).Faces);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_content_key_changes_with_the_content_and_only_then(bool zipped)
    {
        using var tiny = TinyArchive.WithFaces(2);
        var first = Key();
        Assert.Equal(first, Key());

        tiny.Add("faces/1.jpg", TinyArchive.Jpeg(7));
        var second = Key();
        Assert.NotEqual(first, second);

        tiny.Add("training.txt", TinyArchive.Line("faces/1.jpg"));
        Assert.NotEqual(second, Key());

        string Key()
        {
            using var archive = MtflArchive.Open(zipped ? tiny.Pack() : tiny.Folder);
            return archive.ContentKey(MtflSplit.Training);
        }
    }

    [Fact]
    public void Pictures_can_be_read_from_many_threads_at_once()
    {
        using var tiny = TinyArchive.WithFaces(6);
        using var archive = MtflArchive.Open(tiny.Pack());
        var faces = archive.Read(MtflSplit.Training).Faces;

        Parallel.For(0, 300, i => Assert.Equal(TinyArchive.Jpeg(i % 6), archive.ReadImage(faces[i % 6])));
    }
}
