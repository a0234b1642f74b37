using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Archives of faces: zips byte by byte, and zips and folders of which one file is changed. What is accepted is inspected, and cropped.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class ArchiveTarget(string scratch) : FuzzTarget
{
    private const string Zip = "zip";
    private const string InZip = "zip/";
    private const string InFolder = "folder/";
    private const int Bomb = 48 << 20;

    // Two at a time take 640 MB where nothing holds one of them back; many would only take long.
    private const int LargePictures = 2;

    private readonly IReadOnlyDictionary<string, byte[]> _files = SampleArchive.Files();
    private readonly BoxFile _boxes = BoxFile.Parse(SampleArchive.Boxes(), "boxes.csv");
    private readonly string _zip = Path.Combine(scratch, "faces.zip");
    private readonly string _folder = Path.Combine(scratch, "faces");
    private bool _unpacked;

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        yield return new FuzzInput(Zip, InputForm.Bytes, SampleArchive.Zip(_files));
        yield return new FuzzInput(Zip, InputForm.Bytes, SampleArchive.Zip(_files.Where(file => file.Key != "testing.txt"), CompressionLevel.NoCompression));
        foreach (var name in new[] { "training.txt", "testing.txt", SampleArchive.Picture })
        {
            var form = name == SampleArchive.Picture ? InputForm.Bytes : InputForm.Lines;
            yield return new FuzzInput(InZip + name, form, _files[name]);
            yield return new FuzzInput(InFolder + name, form, _files[name]);
        }

        // Small files that unpack to much: one letter a line, one line of fields, and a picture of many pixels under many names.
        yield return Whole("training.txt", Repeated("x\n"u8));
        yield return Whole("training.txt", Repeated("  "u8));
        yield return Whole("training.txt", Repeated("7 "u8));
        var line = Encoding.UTF8.GetString(_files["training.txt"]).Split("\r\n")[0];
        var large = SamplePictures.Large();
        var pictures = Enumerable.Range(0, LargePictures).ToDictionary(i => $"lfw/big{i}.png", _ => large);
        pictures["training.txt"] = Encoding.UTF8.GetBytes(string.Concat(pictures.Keys.Select(name => line.Replace("lfw\\0.jpg", name, StringComparison.Ordinal) + "\n")));
        yield return new FuzzInput(Zip, InputForm.Bytes, SampleArchive.Zip(pictures)) { OnlyWhole = true };
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        if (input.Name.StartsWith(InFolder, StringComparison.Ordinal))
        {
            RunFolder(input.Name[InFolder.Length..], input.Bytes);
            return;
        }

        File.WriteAllBytes(_zip, input.Name == Zip ? input.Bytes : SampleArchive.Zip(new Dictionary<string, byte[]>(_files) { [input.Name[InZip.Length..]] = input.Bytes }));
        Read(_zip);
    }

    private static FuzzInput Whole(string name, byte[] content) =>
        new(Zip, InputForm.Bytes, SampleArchive.Zip([KeyValuePair.Create(name, content)])) { OnlyWhole = true };

    private static byte[] Repeated(ReadOnlySpan<byte> two)
    {
        var bytes = new byte[Bomb];
        MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()).Fill(MemoryMarshal.Read<ushort>(two));
        return bytes;
    }

    private void RunFolder(string name, byte[] content)
    {
        foreach (var (file, bytes) in _files.Where(_ => !_unpacked))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllBytes(Path.Combine(_folder, file), bytes);
        }

        _unpacked = true;
        File.WriteAllBytes(Path.Combine(_folder, name), content);
        try
        {
            Read(_folder);
        }
        finally
        {
            File.WriteAllBytes(Path.Combine(_folder, name), _files[name]);
        }
    }

    private void Read(string path)
    {
        using var archive = MtflArchive.Open(path);
        foreach (var split in Enum.GetValues<MtflSplit>().Where(archive.HasFaces))
        {
            archive.ContentKey(split);
        }

        ArchiveInspection.Of(archive);
        ArchiveInspection.Of(archive, _boxes);
        FaceLoader.Load(archive, MtflSplit.Training, new FaceLoadOptions { Boxes = _boxes, CacheFolder = null, SkipInvalid = true });
    }
}
