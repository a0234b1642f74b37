using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>
/// Inputs of a finder with their labels: faces with box and points, and backgrounds without, for where there is no face there
/// is nothing to learn of its box. With a seed they are mirrored, their tone is varied, and some are blurred or noisy: photos come from worse cameras than those that train.
/// </summary>
internal sealed class FinderExamples : ILabelledData
{
    private const double ShareDegraded = 0.25;

    /// <summary>The largest standard deviation of noise, in gray levels.</summary>
    private const double MostNoise = 15;

    private readonly FinderInput _input;
    private readonly List<FinderExample> _examples;

    /// <summary>Gathers examples.</summary>
    /// <param name="input">What they are inputs of.</param>
    /// <param name="examples">The examples.</param>
    public FinderExamples(FinderInput input, List<FinderExample> examples) => (_input, _examples) = (input, examples);

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

    private void Fill(Batch batch, int i, FinderExample example, SeededRandom? random)
    {
        var mirrored = random?.NextBool() ?? false;
        var input = batch.Example(i);
        for (var at = 0; at < input.Length; at++)
        {
            var x = at % _input.Window;
            input[at] = example.Pixels[mirrored ? at - x + _input.Window - 1 - x : at];
        }

        if (random is not null)
        {
            new CropTone(random.NextBetween(-0.25, 0.25), Math.Pow(2, random.NextBetween(-1, 0.7)), random.NextBetween(-0.4, 0.4)).Apply(input);
            if (random.NextBool(ShareDegraded))
            {
                Blur(input);
            }

            if (random.NextBool(ShareDegraded))
            {
                AddNoise(input, random);
            }
        }

        FinderInput.Format.Normalize(input);
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

    /// <summary>The mean of each pixel and those around it.</summary>
    private void Blur(Span<float> input)
    {
        var size = _input.Window;
        Span<float> sharp = stackalloc float[input.Length];
        input.CopyTo(sharp);
        for (var y = 1; y < size - 1; y++)
        {
            for (var x = 1; x < size - 1; x++)
            {
                var at = (y * size) + x;
                input[at] = (sharp[at] + ((sharp[at - 1] + sharp[at + 1] + sharp[at - size] + sharp[at + size]) / 2)) / 3;
            }
        }
    }

    private static void AddNoise(Span<float> input, SeededRandom random)
    {
        var deviation = random.NextBetween(0, MostNoise);
        for (var at = 0; at < input.Length; at++)
        {
            input[at] = Math.Clamp(input[at] + (float)(deviation * random.NextGaussian()), 0, 255);
        }
    }
}
