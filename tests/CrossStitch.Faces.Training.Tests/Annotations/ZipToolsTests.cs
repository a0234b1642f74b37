using System.IO.Compression;
using System.Text;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Tests.Annotations;

/// <summary>Archives as common tools write them.</summary>
public class ZipToolsTests
{
    [Theory]
    [InlineData("./", "./training.txt", "./faces/", "./faces/0.jpg")]
    [InlineData("/", "training.txt", "faces/", "faces/0.jpg")]
    [InlineData("faces\\", "training.txt", "faces\\0.jpg")]
    [InlineData("faces/", "faces/", "training.txt", "faces/0.jpg")]
    [InlineData("MTFL/", "MTFL/training.txt", "MTFL/faces/0.jpg", "MTFL/.DS_Store", "__MACOSX/", "__MACOSX/MTFL/._training.txt", "__MACOSX/MTFL/faces/._0.jpg")]
    [InlineData("training.txt", "faces/0.jpg", "._training.txt", ".DS_Store", ".DS_Store")]
    public void Folders_prefixes_and_what_macOS_adds_do_not_matter(params string[] entries)
    {
        using var tiny = new TinyArchive();
        Write(tiny.Zip, entries);

        AssertReads(tiny);
    }

    [Theory]
    [InlineData("../")]
    [InlineData("faces/../../")]
    public void A_folder_entry_that_leads_outside_is_refused(string folder)
    {
        using var tiny = new TinyArchive();
        Write(tiny.Zip, [folder, "training.txt", "faces/0.jpg"]);

        Assert.Contains("leads out of the archive", Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_was_written_to_a_pipe_is_read()
    {
        // Lengths and checksums then stand behind each entry's bytes, not before.
        using var tiny = TinyArchive.WithFaces(1);
        using (var file = File.Create(tiny.Zip))
        using (var pipe = new Pipe(file))
        {
            ZipFile.CreateFromDirectory(tiny.Folder, pipe);
        }

        AssertReads(tiny);
    }

    [Theory]
    [InlineData("utf-8", "\u00E9.jpg")]
    [InlineData("utf-8", "e\u0301.jpg")]
    [InlineData("437", "\u00E9.jpg")]
    public void A_name_with_an_accent_is_found_however_the_zip_encodes_it(string encoding, string name)
    {
        using var tiny = new TinyArchive();
        var bytes = encoding == "utf-8" ? Encoding.UTF8.GetBytes(name) : [0x82, .. ".jpg"u8];
        var placeholder = new string('#', bytes.Length);
        Write(tiny.Zip, [(placeholder, TinyArchive.Jpeg()), ("training.txt", Encoding.UTF8.GetBytes(TinyArchive.Line("\u00E9.jpg") + TinyArchive.Line("e\u0301.jpg")))]);
        var zip = File.ReadAllBytes(tiny.Zip);
        for (int at; (at = zip.AsSpan().IndexOf(Encoding.ASCII.GetBytes(placeholder))) >= 0;)
        {
            bytes.CopyTo(zip, at);
        }

        File.WriteAllBytes(tiny.Zip, zip);
        using var archive = MtflArchive.Open(tiny.Zip);

        var faces = archive.Read(MtflSplit.Training).Faces;

        Assert.Equal(["\u00E9.jpg", "\u00E9.jpg"], faces.Select(face => face.ImagePath));
        Assert.Equal(TinyArchive.Jpeg(), archive.ReadImage(faces[0]));
    }

    [Theory]
    [InlineData("\u00E9.jpg", "e\u0301.jpg")]
    [InlineData("e\u0301.jpg", "\u00E9.jpg")]
    [InlineData("a face.jpg", "a face.jpg")]
    [InlineData("many   blanks/my face .jpg", "many   blanks/my face .jpg")]
    public void A_name_in_a_folder_is_found_however_it_is_written(string annotated, string onDisk)
    {
        using var tiny = new TinyArchive().Add("training.txt", TinyArchive.Line(annotated)).Add(onDisk, TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);

        var loaded = FaceLoader.Load(archive, MtflSplit.Training, new() { CacheFolder = null }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(1, loaded.Faces.Count);
    }

    [Fact]
    public void An_encrypted_zip_says_so()
    {
        using var tiny = TinyArchive.WithFaces(1);
        var zip = File.ReadAllBytes(tiny.Pack());
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        File.WriteAllBytes(tiny.Zip, zip);

        var message = Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip)).Message;

        Assert.Contains("is encrypted", message, StringComparison.Ordinal);
        Assert.Contains("Unpack it first", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, "BZip2")]
    [InlineData(14, "LZMA")]
    [InlineData(93, "Zstandard")]
    [InlineData(95, "XZ")]
    [InlineData(77, "method 77")]
    public void A_compression_that_is_not_read_is_named(byte method, string name)
    {
        using var tiny = TinyArchive.WithFaces(1);
        var zip = File.ReadAllBytes(tiny.Pack());
        for (var at = 0; at < zip.Length - 4; at++)
        {
            if (zip.AsSpan(at).StartsWith("PK\u0001\u0002"u8))
            {
                zip[at + 10] = method;
            }
            else if (zip.AsSpan(at).StartsWith("PK\u0003\u0004"u8))
            {
                zip[at + 8] = method;
            }
        }

        File.WriteAllBytes(tiny.Zip, zip);
        using var archive = MtflArchive.Open(tiny.Zip);

        var message = Assert.Throws<CrossStitchException>(() => archive.Read(MtflSplit.Training)).Message;

        Assert.Contains($"compressed with {name}, which", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MZ\u0000\u0001 a program that unpacks what follows", false)]
    [InlineData("#!/bin/sh\nexec unzip \"$0\"\n", false)]
    [InlineData("#!/bin/sh\nexec unzip \"$0\"\n", true)]
    [InlineData("\u00FF\u00D8\u00FF a picture", false)]
    public void A_zip_behind_something_else_is_read_wherever_it_counts_from(string before, bool countsFromBeginning)
    {
        using var tiny = TinyArchive.WithFaces(1);
        var prefix = Encoding.Latin1.GetBytes(before);
        using (var file = File.Create(tiny.Zip))
        {
            if (countsFromBeginning)
            {
                file.Write(prefix);
                ZipFile.CreateFromDirectory(tiny.Folder, file);
            }
            else
            {
                using var zip = new MemoryStream();
                ZipFile.CreateFromDirectory(tiny.Folder, zip);
                file.Write([.. prefix, .. zip.ToArray()]);
            }
        }

        AssertReads(tiny);
    }

    [Theory]
    [InlineData("\u001F\u008B\u0008", "gzip")]
    [InlineData("Rar!\u001A", "RAR")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C", "7-Zip")]
    [InlineData("BZh9", "bzip2")]
    [InlineData(" \r\n<!DOCTYPE html><html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "Git LFS")]
    [InlineData("faces/0.jpg 1 2 3\n", "text file")]
    [InlineData("", "empty")]
    public void A_file_that_is_no_zip_is_named_for_what_it_is(string content, string kind)
    {
        using var tiny = new TinyArchive();
        File.WriteAllBytes(tiny.Zip, Encoding.Latin1.GetBytes(content));

        var message = Assert.Throws<CrossStitchException>(() => MtflArchive.Open(tiny.Zip)).Message;

        Assert.Contains("is not a zip but", message, StringComparison.Ordinal);
        Assert.Contains(kind, message, StringComparison.Ordinal);
    }

    private static void AssertReads(TinyArchive tiny)
    {
        using var archive = MtflArchive.Open(tiny.Zip);
        Assert.Equal(TinyArchive.Jpeg(), archive.ReadImage(Assert.Single(archive.Read(MtflSplit.Training).Faces)));
    }

    private static void Write(string path, string[] entries) => Write(path, [.. entries.Select(name => (name, Content(name)))]);

    private static void Write(string path, (string Name, byte[] Content)[] entries)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(content);
        }
    }

    private static byte[] Content(string name) => name switch
    {
        _ when name.Contains("._", StringComparison.Ordinal) || name.Contains(".DS", StringComparison.Ordinal) => [0, 5, 22, 7],
        _ when name.EndsWith(".txt", StringComparison.Ordinal) => Encoding.UTF8.GetBytes(TinyArchive.Line("faces/0.jpg")),
        _ when name.EndsWith(".jpg", StringComparison.Ordinal) => TinyArchive.Jpeg(),
        _ => [],
    };

    /// <summary>A stream that cannot go back, as a pipe cannot.</summary>
    private sealed class Pipe(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
