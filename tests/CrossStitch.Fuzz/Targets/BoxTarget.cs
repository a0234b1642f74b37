using System.Text;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Files of detected boxes; those accepted are held against an archive.</summary>
internal sealed class BoxTarget : FuzzTarget
{
    private const int ManyBoxes = 100_000;

    private readonly string _path;
    private readonly MtflArchive _archive;

    /// <summary>Makes the archive.</summary>
    /// <param name="scratch">A folder for files.</param>
    public BoxTarget(string scratch)
    {
        _path = Path.Combine(scratch, "boxes.csv");
        var zip = Path.Combine(scratch, "faces.zip");
        File.WriteAllBytes(zip, SampleArchive.Zip(SampleArchive.Files()));
        _archive = MtflArchive.Open(zip);
    }

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        yield return new FuzzInput("csv", InputForm.Lines, Encoding.UTF8.GetBytes(SampleArchive.Boxes()));
        yield return new FuzzInput("csv", InputForm.Lines, "image, x1 ,y1,x2,y2,score\r\n\"lfw\\0.jpg\",1,2,30,40,0.5\r\n\r\n\"a,b\"\"c.jpg\",0,0,9,9,1\r\n"u8.ToArray());
        yield return new FuzzInput("csv", InputForm.Lines, Encoding.UTF8.GetBytes("image,x1,y1,x2,y2,score\n" + string.Concat(Enumerable.Range(0, ManyBoxes).Select(i => $"lfw/0.jpg,{i % 50},1,{60 + (i % 7)},70,0.{i}\n")))) { OnlyWhole = true };
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        File.WriteAllBytes(_path, input.Bytes);
        var boxes = BoxFile.Read(_path);
        var match = BoxMatch.Of(_archive, boxes);
        foreach (var split in Enum.GetValues<MtflSplit>())
        {
            match.Warnings(split);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _archive.Dispose();
        base.Dispose();
    }
}
