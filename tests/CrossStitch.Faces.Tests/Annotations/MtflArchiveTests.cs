using System.IO.Compression;
using CrossStitch.Faces.Annotations;
using CsCheck;

namespace CrossStitch.Faces.Tests.Annotations;

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
        var error = Assert.Throws<FaceDataException>(() => archive.Read(absent));
        Assert.Contains(MtflArchive.AnnotationFile(absent), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_image_is_an_error_with_file_and_line_or_is_left_out()
    {
        using var tiny = new TinyArchive()
            .Add("training.txt", TinyArchive.Line("1.jpg") + TinyArchive.Line("gone.jpg"))
            .Add("1.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Pack());

        var error = Assert.Throws<FaceDataException>(() => archive.Read(MtflSplit.Training));
        Assert.StartsWith("training.txt, line 2: The image 'gone.jpg'", error.Message, StringComparison.Ordinal);
        var reading = archive.Read(MtflSplit.Training, skipInvalid: true);
        Assert.Equal("1.jpg", Assert.Single(reading.Faces).ImagePath);
        Assert.Equal(2, Assert.Single(reading.Problems).Line);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        using var tiny = new TinyArchive().Add("readme.txt", "nothing here");

        Assert.Throws<FaceDataException>(() => MtflArchive.Open(Path.Combine(tiny.Folder, "absent.zip")));
        Assert.Throws<FaceDataException>(() => MtflArchive.Open(Path.Combine(tiny.Folder, "readme.txt")));
        Assert.Throws<FaceDataException>(() => MtflArchive.Open(tiny.Folder));
        Assert.Throws<FaceDataException>(() => MtflArchive.Open(tiny.Pack()));
    }

    [Fact]
    public void Annotations_in_two_folders_are_ambiguous()
    {
        using var tiny = new TinyArchive().Add("a/training.txt", "").Add("b/training.txt", "");

        var error = Assert.Throws<FaceDataException>(() => MtflArchive.Open(tiny.Folder));
        Assert.Contains("'a' and in 'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_zip_is_refused()
    {
        using var tiny = TinyArchive.WithFaces(3);
        var whole = File.ReadAllBytes(tiny.Pack());
        File.WriteAllBytes(tiny.Zip, whole[..(whole.Length * 2 / 3)]);

        var error = Assert.Throws<FaceDataException>(() => MtflArchive.Open(tiny.Zip));
        Assert.Contains("not a whole zip", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.jpg")]
    [InlineData("a/../../outside.jpg")]
    [InlineData("/etc/outside.jpg")]
    [InlineData("..\\outside.jpg")]
    [InlineData("C:\\outside.jpg")]
    public void A_zip_with_an_entry_that_leads_outside_is_refused(string entry)
    {
        using var tiny = TinyArchive.WithFaces(1);
        using (var zip = ZipFile.Open(tiny.Pack(), ZipArchiveMode.Update))
        {
            zip.CreateEntry(entry);
        }

        var error = Assert.Throws<FaceDataException>(() => MtflArchive.Open(tiny.Zip));
        Assert.Contains("leads out of the archive", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_with_an_entry_twice_is_refused()
    {
        using var tiny = TinyArchive.WithFaces(1);
        using (var zip = ZipFile.Open(tiny.Pack(), ZipArchiveMode.Update))
        {
            zip.CreateEntry("faces/0.jpg");
        }

        Assert.Throws<FaceDataException>(() => MtflArchive.Open(tiny.Zip));
    }

    [Fact]
    public void An_entry_that_unpacks_to_gigabytes_is_refused_before_memory_is_taken()
    {
        using var tiny = new TinyArchive().Add("training.txt", TinyArchive.Line("bomb.jpg"));
        using (var zip = ZipFile.Open(tiny.Pack(), ZipArchiveMode.Update))
        {
            using var bomb = zip.CreateEntry("bomb.jpg").Open();
            for (var i = 0; i < 80; i++)
            {
                bomb.Write(new byte[1 << 20]);
            }
        }

        using var archive = MtflArchive.Open(tiny.Zip);
        var face = Assert.Single(archive.Read(MtflSplit.Training).Faces);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FaceDataException>(() => archive.ReadImage(face));
        Assert.Contains("more than the", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_face_whose_path_leaves_the_archive_is_never_read()
    {
        using var tiny = TinyArchive.WithFaces(1);
        File.WriteAllBytes(Path.Combine(tiny.Directory, "secret.jpg"), TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);
        var face = archive.Read(MtflSplit.Training).Faces[0] with { ImagePath = "../secret.jpg" };

        Assert.Throws<FaceDataException>(() => archive.ReadImage(face));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Links_in_a_folder_are_not_followed(bool linksFolder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take privileges on Windows.");
        using var tiny = new TinyArchive().Add("training.txt", TinyArchive.Line("a/1.jpg"));
        var outside = System.IO.Directory.CreateDirectory(Path.Combine(tiny.Directory, "outside")).FullName;
        File.WriteAllBytes(Path.Combine(outside, "1.jpg"), TinyArchive.Jpeg());
        if (linksFolder)
        {
            System.IO.Directory.CreateSymbolicLink(Path.Combine(tiny.Folder, "a"), outside);
        }
        else
        {
            System.IO.Directory.CreateDirectory(Path.Combine(tiny.Folder, "a"));
            File.CreateSymbolicLink(Path.Combine(tiny.Folder, "a", "1.jpg"), Path.Combine(outside, "1.jpg"));
        }

        using var archive = MtflArchive.Open(tiny.Folder);
        var face = Assert.Single(archive.Read(MtflSplit.Training).Faces);
        var error = Assert.Throws<FaceDataException>(() => archive.ReadImage(face));
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
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

    [Fact]
    public void A_zip_with_damaged_bytes_is_read_or_refused_but_never_crashes()
    {
        using var tiny = TinyArchive.WithFaces(2);
        var whole = File.ReadAllBytes(tiny.Pack());
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var damaged = whole.ToArray();
                foreach (var (at, with) in changes)
                {
                    // Most damage is aimed at the directory at the end, where the structure is.
                    damaged[at % 3 == 0 ? at : whole.Length - 1 - (at % 300)] = with;
                }

                File.WriteAllBytes(tiny.Zip, damaged);
                try
                {
                    using var archive = MtflArchive.Open(tiny.Zip);
                    foreach (var face in archive.Read(MtflSplit.Training, skipInvalid: true).Faces)
                    {
                        archive.ReadImage(face);
                    }
                }
                catch (FaceDataException)
                {
                }
            },
            iter: 400,
            threads: 1);
    }
}
