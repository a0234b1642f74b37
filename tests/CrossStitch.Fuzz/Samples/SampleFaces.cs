using CrossStitch.Experiments.Data;
using CrossStitch.Faces;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Fuzz.Samples;

/// <summary>A few drawn faces.</summary>
internal static class SampleFaces
{
    /// <summary>Small patches, so that changes hit more than pixels.</summary>
    public static CropSettings Small { get; } = new(8, 2);

    /// <summary>Faces as small patches.</summary>
    /// <param name="count">How many.</param>
    public static FaceCropSet Of(int count) => DrawnFaces.Generate(count, 1, Small);

    /// <summary>Faces as a network takes them.</summary>
    /// <param name="count">How many.</param>
    public static FaceCropSet Whole(int count) => DrawnFaces.Generate(count, 1, CropSettings.Default);

    /// <summary>What is true of faces.</summary>
    /// <param name="faces">The faces.</param>
    public static ExampleLabels Labels(FaceCropSet faces) => ExampleLabels.Of(new FaceData(faces), FaceTasks.All, FaceTower.Shape40);

    /// <summary>What must hold of faces that a reader accepted.</summary>
    /// <param name="faces">The faces.</param>
    public static void Check(FaceCropSet faces)
    {
        Targets.BrokenPromiseException.Unless(faces.Settings is { Size: >= 1, Margin: >= 0 }, "crops of no size or a negative margin are accepted");
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        for (var i = 0; i < faces.Count; i++)
        {
            var face = faces[i];
            face.Landmarks.CopyTo(numbers);
            foreach (var number in numbers)
            {
                Targets.BrokenPromiseException.Unless(float.IsFinite(number), "a landmark that is not finite is accepted");
            }

            Targets.BrokenPromiseException.Unless(float.IsFinite(face.Box.CenterX) && float.IsFinite(face.Box.CenterY) && float.IsFinite(face.Box.Side) && face.Box.Side > 0, "a box that is none is accepted");
            Targets.BrokenPromiseException.Unless(Enum.IsDefined(face.Box.Source), "a box from nowhere is accepted");
            Targets.BrokenPromiseException.Unless(faces.Patch(i).Length == faces.Settings.PatchSize * faces.Settings.PatchSize, "a patch of another size is accepted");
        }
    }
}
