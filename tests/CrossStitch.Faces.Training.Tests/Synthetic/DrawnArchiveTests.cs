using System.Globalization;
using System.IO.Compression;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Synthetic;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Tests.Synthetic;

public sealed class DrawnArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drawn-archive-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_annotations_have_the_quirks_of_the_official_files()
    {
        Write("faces", 3, 2);

        var text = File.ReadAllText(Path.Combine(_folder, "faces", "training.txt"));

        Assert.Equal(3, text.Count(letter => letter == '\n'));
        Assert.StartsWith("drawn\\000000.jpg ", text, StringComparison.Ordinal);
        Assert.Contains("\r\n drawn\\000001.jpg ", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n ", text, StringComparison.Ordinal);
        Assert.StartsWith("drawn\\000003.jpg ", File.ReadAllText(Path.Combine(_folder, "faces", "testing.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_says_what_was_drawn()
    {
        Write("faces", 3, 0);
        var lines = File.ReadLines(Path.Combine(_folder, "faces", "training.txt"));
        var words = lines.ElementAt(2).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var drawn = DrawnFaces.Draw(9, 2);

        var numbers = words[1..11].Select(word => (float)(double.Parse(word, CultureInfo.InvariantCulture) - 0.5)).ToArray();

        Assert.Equal(15, words.Length);
        Assert.Equal(drawn.Face.Landmarks, FaceLandmarks.FromNumbers(numbers));
        Assert.Equal(drawn.Face.Landmarks, MtflAnnotations.Parse(lines.ElementAt(2), "training.txt").Faces[0].Landmarks);
        Assert.Equal(drawn.Face.Attributes[FaceAttribute.Gender] == 0 ? "1" : "2", words[11]);
        Assert.Equal(drawn.Face.Attributes[FaceAttribute.Smile] == 1 ? "1" : "2", words[12]);
        Assert.Equal(drawn.Face.Attributes[FaceAttribute.Glasses] == 1 ? "1" : "2", words[13]);
        Assert.Equal((drawn.Face.Attributes[FaceAttribute.Pose] + 1).ToString(CultureInfo.InvariantCulture), words[14]);
    }

    [Fact]
    public void Every_face_has_a_picture_and_a_box()
    {
        var boxes = File.ReadAllLines(Write("faces", 2, 2));

        Assert.Equal("image,x1,y1,x2,y2,score", boxes[0]);
        Assert.Equal(5, boxes.Length);
        for (var i = 0; i < 4; i++)
        {
            var drawn = DrawnFaces.Draw(9, i);
            var words = boxes[i + 1].Split(',');
            var sides = words[1..5].Select(word => float.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            var box = FaceBox.FromRectangle(sides[0], sides[1], sides[2], sides[3], BoxSource.Detector);

            Assert.Equal(drawn.Face.ImagePath, words[0]);
            Assert.Equal(drawn.Box.CenterX, box.CenterX, 1e-3f);
            Assert.Equal(drawn.Box.CenterY, box.CenterY, 1e-3f);
            Assert.Equal(drawn.Box.Side, box.Side, 1e-3f);
            using var picture = SKBitmap.Decode(Path.Combine(_folder, "faces", words[0]));
            Assert.NotNull(picture);
        }
    }

    [Fact]
    public void A_zip_holds_the_same_files_and_the_same_bytes_each_time()
    {
        Write("faces", 2, 1);
        var boxes = Write("one.zip", 2, 1);
        Write("two.zip", 2, 1);

        Assert.Equal(Path.Combine(_folder, "one.boxes.csv"), boxes);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "faces", "boxes.csv")), File.ReadAllBytes(boxes));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "one.zip")), File.ReadAllBytes(Path.Combine(_folder, "two.zip")));
        using var zip = ZipFile.OpenRead(Path.Combine(_folder, "one.zip"));
        Assert.Equal(
            ["drawn/000000.jpg", "drawn/000001.jpg", "drawn/000002.jpg", "training.txt", "testing.txt"],
            zip.Entries.Select(entry => entry.FullName));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "faces", entry.FullName)), bytes.ToArray());
        }
    }

    [Fact]
    public void A_zip_that_is_stopped_leaves_nothing_behind()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            DrawnArchive.Write(Path.Combine(_folder, "faces.zip"), 5, 0, 9, cancellationToken: source.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("faces.zip")]
    [InlineData("faces")]
    public void What_cannot_be_written_to_its_end_leaves_nothing_behind(string name)
    {
        using var source = new CancellationTokenSource();
        var progress = new StopAfterFirstReport(source);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            DrawnArchive.Write(Path.Combine(_folder, name), 200, 0, 9, progress, source.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("a file/faces.zip")]
    [InlineData("a file/faces")]
    [InlineData("a file")]
    [InlineData("nowhere/faces.zip")]
    [InlineData("a folder.zip")]
    [InlineData("boxed.zip")]
    [InlineData("")]
    public void A_place_that_cannot_be_written_is_one_line_before_any_face_is_drawn(string name)
    {
        File.WriteAllText(Path.Combine(_folder, "a file"), "mine");
        Directory.CreateDirectory(Path.Combine(_folder, "a folder.zip"));
        Directory.CreateDirectory(Path.Combine(_folder, "boxed.boxes.csv"));
        var progress = new StopAfterFirstReport(null);

        var error = Assert.Throws<CrossStitchException>(() =>
            DrawnArchive.Write(name.Length == 0 ? "" : Path.Combine(_folder, name), 2, 1, 9, progress, TestContext.Current.CancellationToken));

        Assert.DoesNotContain('\n', error.Message);
        Assert.False(progress.Reported);
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder).Length);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "a file")));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    [InlineData(400_000, 1)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Numbers_of_faces_that_no_archive_has_are_refused_with_the_limit(int training, int testing)
    {
        var error = Assert.Throws<CrossStitchException>(() => Write("faces", training, testing));

        Assert.Contains("from 1 to 400000 in all", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Faces_that_were_not_drawn_are_never_replaced()
    {
        using var tiny = TinyArchive.WithFaces(2);
        var zip = File.ReadAllBytes(tiny.Pack());
        var boxes = Path.Combine(_folder, "boxes.csv");
        File.WriteAllText(boxes, "image,x1,y1,x2,y2,score\nlfw/1.jpg,1,2,3,4,1\n");
        var note = Path.Combine(_folder, "note.zip");
        File.WriteAllText(note, "a note");

        foreach (var path in new[] { tiny.Zip, tiny.Folder, _folder, note })
        {
            var error = Assert.Throws<CrossStitchException>(() => DrawnArchive.Write(path, 1, 1, 9, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("is not replaced", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(zip, File.ReadAllBytes(tiny.Zip));
        Assert.Equal(TinyArchive.Line("faces/0.jpg") + TinyArchive.Line("faces/1.jpg") + " \r\n", File.ReadAllText(Path.Combine(tiny.Folder, "training.txt")));
        Assert.Equal([boxes, note], Directory.GetFileSystemEntries(_folder).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("faces")]
    [InlineData("faces.zip")]
    public void Drawn_faces_are_replaced_by_others_also_where_a_split_is_empty(string name)
    {
        Write(name, 3, 0);
        Write(name, 0, 2);
        using var archive = MtflArchive.Open(Path.Combine(_folder, name));

        Assert.False(archive.HasFaces(MtflSplit.Training));
        Assert.Equal(2, archive.Read(MtflSplit.Testing).Faces.Count);
        Assert.Empty(Directory.GetFiles(_folder, "*.new", SearchOption.AllDirectories));
    }

    private string Write(string name, int training, int testing) => DrawnArchive.Write(
        Path.Combine(_folder, name), training, testing, seed: 9, cancellationToken: TestContext.Current.CancellationToken);

    private sealed class StopAfterFirstReport(CancellationTokenSource? source) : IProgress<LoadProgress>
    {
        public bool Reported { get; private set; }

        public void Report(LoadProgress value)
        {
            Reported = true;
            source?.Cancel();
        }
    }
}
