using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>
/// Inputs of a finder with their labels: faces with box and points, and backgrounds without, for where there is no face there
/// is nothing to learn of its box. With a seed they are mirrored and their tone is varied.
/// </summary>
internal sealed class FinderExamples : ILabelledData
{
    private const int Pixels = FinderRecipe.Window * FinderRecipe.Window;

    private readonly List<FinderExample> _examples;

    /// <summary>Gathers examples.</summary>
    /// <param name="examples">The examples.</param>
    public FinderExamples(List<FinderExample> examples) => _examples = examples;

    /// <inheritdoc/>
    public int Count => _examples.Count;

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var random = augmentationSeed is { } seed ? new SeededRandom(unchecked((ulong)seed), (ulong)indices[i]) : null;
            Fill(batch, i, _examples[indices[i]], random);
        }
    }

    private static void Fill(Batch batch, int i, FinderExample example, SeededRandom? random)
    {
        var mirrored = random?.NextBool() ?? false;
        var input = batch.Example(i);
        for (var at = 0; at < Pixels; at++)
        {
            var x = at % FinderRecipe.Window;
            input[at] = example.Pixels[mirrored ? at - x + FinderRecipe.Window - 1 - x : at];
        }

        if (random is not null)
        {
            new CropTone(random.NextBetween(-0.25, 0.25), Math.Pow(2, random.NextBetween(-1, 0.7)), random.NextBetween(-0.4, 0.4)).Apply(input);
        }

        FinderTrainer.Input.Normalize(input);
        batch.Label(FaceFinder.FaceHead, i)[0] = example.IsFace ? 1 : 0;
        var box = batch.Label(FaceFinder.BoxHead, i);
        var points = batch.Label(FaceFinder.LandmarksHead, i);
        if (!example.IsFace)
        {
            box.Fill(float.NaN);
            points.Fill(float.NaN);
            return;
        }

        example.Box.CopyTo(box);
        example.Points.CopyTo(points);
        if (mirrored)
        {
            box[0] = -box[0];
            FaceLandmarks.FromNumbers(points).Mirrored().CopyTo(points);
        }
    }
}
