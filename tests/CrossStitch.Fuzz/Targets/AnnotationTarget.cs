using System.Text;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Lists of annotated faces as text.</summary>
internal sealed class AnnotationTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds() =>
        SampleArchive.Files().Where(file => file.Key.EndsWith(".txt", StringComparison.Ordinal)).Select(file => new FuzzInput("text", InputForm.Lines, file.Value));

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        var text = Encoding.UTF8.GetString(input.Bytes);
        foreach (var face in MtflAnnotations.Parse(text, "training.txt", skipInvalid: true).Faces)
        {
            BrokenPromiseException.Unless(Enum.GetValues<Landmark>().Select(landmark => face.Landmarks[landmark]).All(point => float.IsFinite(point.X) && float.IsFinite(point.Y)), "a landmark that is not finite is accepted");
            BrokenPromiseException.Unless(!face.ImagePath.Split('/').Contains(".."), "a picture outside the archive is accepted");
        }

        MtflAnnotations.Parse(text, "training.txt");
    }
}
