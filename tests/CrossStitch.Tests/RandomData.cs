using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>Random pictures with labels that depend on them; the same for the same seed.</summary>
internal sealed class RandomData : ILabelledData
{
    private readonly int _side;
    private readonly long _seed;

    public RandomData(int count, int side = 12, long seed = 1) => (Count, _side, _seed) = (count, side, seed);

    public int Count { get; }

    /// <summary>A batch of the first examples, each without augmentation.</summary>
    public Batch FirstOf(NetworkDescription network, int count)
    {
        var batch = new Batch(network, count) { Count = count };
        Fill(batch, [.. Enumerable.Range(0, count)], augmentationSeed: null);
        return batch;
    }

    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var random = new Random((int)((_seed * 7919) + indices[i]));
            var crop = batch.Input.Slice(i * batch.InputLength, batch.InputLength);
            var (across, down, phase) = (random.NextDouble(), random.NextDouble(), 6 * random.NextDouble());
            for (var k = 0; k < crop.Length; k++)
            {
                // Waves with some noise: as in photographs, neighbours are alike.
                crop[k] = (float)(Math.Sin((across * (k % _side)) + phase) + Math.Cos(down * (k / _side)) + (0.2 * random.NextDouble()));
            }

            for (var k = 0; k < 10; k++)
            {
                var point = (float)random.NextDouble();
                Set(batch, "landmarks", (i * 10) + k, point);
            }

            Set(batch, "pose", i, random.Next(5));
            Set(batch, "smile", i, random.Next(2));
            crop[0] += augmentationSeed is { } seed ? (float)(new Random((int)(seed ^ indices[i])).NextDouble() * 0.1) : 0;
        }
    }

    private static void Set(Batch batch, string task, int place, float label)
    {
        if (batch.Has(task))
        {
            batch.Labels(task)[place] = label;
        }
    }
}
