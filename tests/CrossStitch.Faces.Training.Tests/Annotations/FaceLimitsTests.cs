using System.IO.Compression;
using System.Text;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Tests.Annotations;

/// <summary>Archives and box files that are made to take memory and time: each bound, met and just not met.</summary>
public class FaceLimitsTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData("x\n", 64, "has more than 100000 invalid lines")]
    [InlineData("x", 8, "The line has 8388608 characters; a face takes at most 4096.")]
    public void A_zip_that_unpacks_to_megabytes_of_lines_is_told_in_one_line_and_little_memory(string line, int megabytes, string told)
    {
        using var tiny = new TinyArchive();
        Directory.CreateDirectory(tiny.Folder);
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, Megabyte / line.Length)));
        using (var zip = ZipFile.Open(tiny.Zip, ZipArchiveMode.Create))
        {
            using var text = zip.CreateEntry("training.txt", CompressionLevel.Fastest).Open();
            for (var i = 0; i < megabytes; i++)
            {
                text.Write(block);
            }
        }

        using var archive = MtflArchive.Open(tiny.Zip);
        var before = GC.GetAllocatedBytesForCurrentThread();
        string message;
        try
        {
            message = Assert.Single(archive.Read(MtflSplit.Training, skipInvalid: true).Problems).Message;
        }
        catch (CrossStitchException error)
        {
            message = error.Message;
        }

        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);

        // The text once, and the lines that were invalid.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, megabytes * Megabyte, (megabytes + 100) * Megabyte);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(true, 4)]
    [InlineData(false, 3)]
    [InlineData(false, 4)]
    public void An_archive_may_have_its_bound_of_files_and_no_more(bool zipped, int most)
    {
        using var tiny = TinyArchive.WithFaces(3);
        if (zipped)
        {
            tiny.Pack();
        }

        var error = Record.Exception(() =>
        {
            using var archive = MtflArchive.Open(zipped ? tiny.Zip : tiny.Folder, new FaceLimits { Files = most });
            archive.ContentKey(MtflSplit.Training);
        });

        Assert.Equal(most == 3, error is CrossStitchException);
        Assert.Equal(most == 3, error?.Message.Contains($"has more than 3 {(zipped ? "entries" : "files")}", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void The_entries_of_a_zip_are_counted_not_believed()
    {
        using var tiny = TinyArchive.WithFaces(40);
        var zip = File.ReadAllBytes(tiny.Pack());
        zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8) + 8, 4).Fill(1);
        File.WriteAllBytes(tiny.Zip, zip);

        Assert.Contains("more than 40 entries", Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip, new FaceLimits { Files = 40 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_are_missing_or_broken_are_listed_up_to_the_bound()
    {
        using var tiny = TinyArchive.WithFaces(3);
        tiny.Add("training.txt", string.Concat(Enumerable.Range(0, 5).Select(i => TinyArchive.Line($"faces/{i}.jpg")))).Add("faces/0.jpg", "broken").Add("faces/1.jpg", "too");

        Assert.Equal(4, Problems(2));
        Assert.Contains("more than 1 invalid lines: it is not in the layout of MTFL, or not of these pictures. The first is line 4: The image 'faces/3.jpg' is not in the archive.", Refusal(1), StringComparison.Ordinal);
        tiny.Add("faces/3.jpg", TinyArchive.Jpeg()).Add("faces/4.jpg", TinyArchive.Jpeg());
        Assert.Equal(2, Problems(2));
        Assert.Contains("more than 1 invalid lines: it is not in the layout of MTFL, or not of these pictures. The first is line 1: The image 'faces/0.jpg' cannot be decoded", Refusal(1), StringComparison.Ordinal);

        string Refusal(int most) => Assert.Throws<CrossStitchException>(() => Problems(most)).Message;

        int Problems(int most)
        {
            using var archive = MtflArchive.Open(tiny.Folder, new FaceLimits { Problems = most });
            return ArchiveInspection.Of(archive, cancellation: TestContext.Current.CancellationToken).Splits[0].Problems.Count;
        }
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(25_000)]
    [InlineData(1)]
    public void Sixteen_workers_together_take_no_more_than_the_budget(int budget)
    {
        using var tiny = TinyArchive.WithFaces(40);
        using var archive = MtflArchive.Open(tiny.Pack(), new FaceLimits { Workers = 16, DecodingMemory = budget, FileMemory = budget });

        ArchiveInspection.Of(archive, cancellation: TestContext.Current.CancellationToken);

        // A picture takes 10,000 bytes; where the budget is smaller it goes alone.
        Assert.InRange(archive.DecodingMemory.Peak, 10_000, Math.Max(budget, 10_000));
        Assert.InRange(archive.FileMemory.Peak, 1, Math.Max(budget, Enumerable.Range(0, 40).Max(i => TinyArchive.Jpeg(i).Length)));
    }

    [Fact]
    public void A_picture_of_several_faces_is_decoded_once_and_the_first_problem_of_the_file_is_still_the_one_that_is_told()
    {
        var far = TinyArchive.Line("faces/0.jpg").Replace("66.500000 66.500000", "66.500000 660.500000", StringComparison.Ordinal);
        Assert.NotEqual(TinyArchive.Line("faces/0.jpg"), far);
        using var tiny = TinyArchive.WithFaces(2);
        tiny.Add("training.txt", TinyArchive.Line("faces/0.jpg") + TinyArchive.Line("faces/1.jpg") + TinyArchive.Line("faces/0.jpg"));
        using var archive = MtflArchive.Open(tiny.Folder);
        var images = new GrayImage[3];
        FaceImages.ForEach(archive, MtflSplit.Training, archive.Read(MtflSplit.Training).Faces, false, (i, image, _) => images[i] = image, null, TestContext.Current.CancellationToken);
        Assert.Same(images[0], images[2]);
        Assert.NotSame(images[0], images[1]);

        tiny.Add("training.txt", TinyArchive.Line("faces/0.jpg") + TinyArchive.Line("faces/1.jpg") + far).Add("faces/1.jpg", "broken");
        for (var repeat = 0; repeat < 20; repeat++)
        {
            var error = Assert.Throws<CrossStitchException>(() => ArchiveFaces(archive));
            Assert.StartsWith("training.txt, line 2: ", error.Message, StringComparison.Ordinal);
        }

        static FaceProblem?[] ArchiveFaces(MtflArchive archive) => FaceImages.ForEach(
            archive, MtflSplit.Training, archive.Read(MtflSplit.Training).Faces, false, (_, _, _) => { }, null, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(5, 4096, 10_000, 10, null)]
    [InlineData(4, 4096, 10_000, 10, "line 5: The file goes on; at most 4 lines and 10000 characters are read.")]
    [InlineData(5, 23, 10_000, 10, null)]
    [InlineData(5, 22, 10_000, 10, "line 1: ")]
    [InlineData(5, 4096, 88, 10, null)]
    [InlineData(5, 4096, 87, 10, "line 5: The file goes on; at most 5 lines and 87 characters are read.")]
    [InlineData(5, 4096, 10_000, 4, null)]
    [InlineData(5, 4096, 10_000, 3, "line 5: 'a.jpg' has more than 3 boxes, the most of one picture.")]
    public void A_box_file_may_have_its_bounds_of_everything_and_no_more(int lines, int length, int characters, int boxes, string? told)
    {
        using var tiny = new TinyArchive().Add("boxes.csv", "image,x1,y1,x2,y2,score\n" + string.Concat(Enumerable.Repeat("a.jpg,1,2,3,4,1\n", 4)));
        var path = Path.Combine(tiny.Folder, "boxes.csv");
        var limits = new FaceLimits { Lines = lines, LineLength = length, BoxCharacters = characters, BoxesOnPicture = boxes };

        if (told is null)
        {
            Assert.Equal(4, BoxFile.Read(path, limits).Count);
        }
        else
        {
            Assert.StartsWith($"{path}, {told}", Assert.Throws<CrossStitchException>(() => BoxFile.Read(path, limits)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_box_file_is_read_no_further_than_its_bound_though_its_line_has_no_end()
    {
        using var tiny = new TinyArchive().Add("boxes.csv", "image,x1,y1,x2,y2,score\n");
        var path = Path.Combine(tiny.Folder, "boxes.csv");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(8 * Megabyte);
        }

        var error = Assert.Throws<CrossStitchException>(() => BoxFile.Read(path, new FaceLimits { BoxCharacters = 100_000 }));

        Assert.StartsWith($"{path}, line 2: The file goes on; at most 1000000 lines and 100000 characters are read.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Megabytes_of_fields_on_one_line_take_no_memory()
    {
        using var tiny = new TinyArchive().Add("boxes.csv", "image,x1,y1,x2,y2,score\na.jpg,1,2,3,4,1" + new string(',', 8 * Megabyte));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<CrossStitchException>(() => BoxFile.Read(Path.Combine(tiny.Folder, "boxes.csv")));

        Assert.Contains("line 2: The line has 8388623 characters; a box takes at most 4096.", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Megabyte);
    }
}
