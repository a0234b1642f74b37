using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>What a run notes of its training faces; others are looked for among those accepted.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class SeenFacesTarget(string scratch) : FuzzTarget
{
    private readonly string _path = Path.Combine(scratch, SeenFaces.FileName);
    private readonly FaceCropSet _faces = SampleFaces.Of(3);

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        SeenFaces.Of(_faces).Save(_path);
        yield return new FuzzInput("ids", InputForm.Bytes, File.ReadAllBytes(_path));
    }

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input) => Sha256Seal.Of(input.Bytes);

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        File.WriteAllBytes(_path, input.Bytes);
        SeenFaces.Load(_path)!.CountIn(_faces);
    }
}
