using System.IO.Compression;
using CrossStitch.Faces.Training.Annotations;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Annotations;

/// <summary>Archives that are broken, or made to do harm.</summary>
public class MtflArchiveSafetyTests
{
    [Fact]
    public void A_truncated_zip_is_refused()
    {
        using var tiny = TinyArchive.WithFaces(3);
        var whole = File.ReadAllBytes(tiny.Pack());
        File.WriteAllBytes(tiny.Zip, whole[..(whole.Length * 2 / 3)]);

        var error = Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip));
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

        var error = Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip));
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

        Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip));
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
        var error = Assert.Throws<CrossStitchException>(() => archive.ReadImage(face));
        Assert.Contains("more than the", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_entry_that_lies_about_its_length_is_refused_without_unpacking_it()
    {
        using var tiny = new TinyArchive().Add("training.txt", TinyArchive.Line("bomb.jpg")).Add("bomb.jpg", new byte[60 << 20]);
        var zip = File.ReadAllBytes(tiny.Pack());
        var length = BitConverter.GetBytes(60 << 20);
        zip.AsSpan(zip.AsSpan().LastIndexOf(length), 4).Clear();
        zip[zip.AsSpan().LastIndexOf("bomb.jpg"u8) - 46 + 24] = 100;
        File.WriteAllBytes(tiny.Zip, zip);

        using var archive = MtflArchive.Open(tiny.Zip);
        var face = Assert.Single(archive.Read(MtflSplit.Training).Faces);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CrossStitchException>(() => archive.ReadImage(face));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_picture_that_was_damaged_inside_the_zip_is_refused()
    {
        using var tiny = TinyArchive.WithFaces(1);
        var zip = File.ReadAllBytes(tiny.Pack(CompressionLevel.NoCompression));
        zip[zip.AsSpan().IndexOf(TinyArchive.Jpeg()) + 400] ^= 1;
        File.WriteAllBytes(tiny.Zip, zip);

        using var archive = MtflArchive.Open(tiny.Zip);
        var error = Assert.Throws<CrossStitchException>(() => archive.ReadImage(archive.Read(MtflSplit.Training).Faces[0]));
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_face_whose_path_leaves_the_archive_is_never_read()
    {
        using var tiny = TinyArchive.WithFaces(1);
        File.WriteAllBytes(Path.Combine(tiny.Directory, "secret.jpg"), TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);
        var face = archive.Read(MtflSplit.Training).Faces[0] with { ImagePath = "../secret.jpg" };

        Assert.Throws<CrossStitchException>(() => archive.ReadImage(face));
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
        var error = Assert.Throws<CrossStitchException>(() => archive.ReadImage(face));
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
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
                catch (CrossStitchException)
                {
                }
            },
            iter: 400,
            threads: 1);
    }
}
