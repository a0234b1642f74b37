using CrossStitch.Experiments.Data;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Made;

/// <summary>Some of the examples of <see cref="MadeData"/>; each depends on its number alone.</summary>
/// <param name="first">The number of the first.</param>
/// <param name="count">How many.</param>
public sealed class MadeExamples(int first, int count) : IDescribedData
{
    public int Count => count;

    public IReadOnlyList<Grouping> Groupings => [new("parity", ["even", "odd"], [.. Enumerable.Range(first, count).Select(number => number % 2)])];

    public string NameOf(int index) => $"made \"{first + index}\", a number";

    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var random = new SeededRandom(5, (ulong)(first + indices[i]));
            var example = batch.Example(i);
            foreach (ref var number in example)
            {
                number = (float)random.NextGaussian();
            }

            var (a, b, c) = (example[0], example[1], example[2]);
            Label(batch, "level", i, 0.5f * (a + b), 0.5f * (b - c));
            Label(batch, "kind", i, a < -0.5f ? 0 : a < 0.5f ? 1 : 2);
            Label(batch, "side", i, c < 0 ? 0 : 1);
        }
    }

    private static void Label(Batch batch, string task, int example, params ReadOnlySpan<float> label)
    {
        if (batch.Has(task))
        {
            label.CopyTo(batch.Label(task, example));
        }
    }
}
