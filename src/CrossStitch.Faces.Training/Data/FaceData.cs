using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Data;

/// <summary>
/// Cropped faces as labelled examples: [batch, 1, size, size] normalised pixels, landmarks [batch, 10] in units of the box, or
/// of the frame of a second look, and a class a task.
/// </summary>
/// <param name="faces">The faces.</param>
/// <param name="augmentation">How they are varied when a batch is asked for with a seed; null for not at all.</param>
public sealed class FaceData(FaceCropSet faces, CropAugmentation? augmentation = null) : IDescribedData
{
    /// <summary>The name of the groups of faces by where their boxes came from.</summary>
    public const string BoxGrouping = "box";

    /// <summary>The faces.</summary>
    public FaceCropSet Faces => faces;

    /// <inheritdoc/>
    public int Count => faces.Count;

    /// <inheritdoc/>
    public IReadOnlyList<Grouping> Groupings =>
        [new(BoxGrouping, [.. Enum.GetValues<BoxSource>().Select(BoxRemark.Name)], [.. faces.Faces.Select(face => (int)face.Box.Source)])];

    /// <inheritdoc/>
    public string NameOf(int index) => faces[index].ImagePath;

    /// <inheritdoc/>
    public double UnitOf(int index) => faces[index].SeenSide;

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        var chosen = indices.ToArray();
        Parallel.For(0, chosen.Length, i =>
        {
            var crop = batch.Example(i);
            Span<float> points = stackalloc float[FaceLandmarks.Numbers];
            FaceAttributes attributes;
            if (augmentationSeed is { } seed && augmentation is not null)
            {
                var random = new SeededRandom(unchecked((ulong)seed), (ulong)chosen[i]);
                augmentation.Apply(faces.Patch(chosen[i]), faces.Settings, faces[chosen[i]], random, crop, points, out attributes);
            }
            else
            {
                faces.Extract(chosen[i], crop);
                faces[chosen[i]].SeenLandmarks.CopyTo(points);
                attributes = faces[chosen[i]].Attributes;
            }

            CropPixels.Format.Normalize(crop);
            if (batch.Has(FaceTasks.Landmarks))
            {
                points.CopyTo(batch.Label(FaceTasks.Landmarks, i));
            }

            foreach (var attribute in FaceAttribute.All)
            {
                if (batch.Has(attribute.Name))
                {
                    batch.Label(attribute.Name, i)[0] = attributes[attribute];
                }
            }
        });
    }
}
