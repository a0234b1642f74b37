using CrossStitch.Faces.Training.Crops;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Files of cropped faces; the labels of those accepted are read as a report does.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class CropFileTarget(string scratch) : FuzzTarget
{
    private readonly string _path = Path.Combine(scratch, "test-faces.crops");

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        foreach (var faces in new[] { SampleFaces.Of(2), SampleFaces.Whole(1) })
        {
            FaceCropFile.Save(_path, faces);
            yield return new FuzzInput("crops", InputForm.Bytes, File.ReadAllBytes(_path));
        }
    }

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input) => Sha256Seal.Of(input.Bytes);

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        File.WriteAllBytes(_path, input.Bytes);
        var faces = FaceCropFile.Load(_path);
        SampleFaces.Check(faces);
        if (faces is { Count: > 0, Settings.Size: 40 })
        {
            SampleFaces.Labels(faces);
        }
    }
}
