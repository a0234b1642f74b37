using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Tests;

/// <summary>Random pictures with labels that depend on them; the same for the same seed.</summary>
internal sealed class RandomData : ILabelledData
{
    private readonly int _side;
    private readonly long _seed;

    public RandomData(int count, int side = 12, long seed = 1) => (Count, _side, _seed) = (count, side, seed);

    public int Count { get; }

    public Batch GetBatch(ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        var pixels = new float[indices.Length * _side * _side];
        var landmarks = new float[indices.Length * 10];
        var pose = new long[indices.Length];
        var smile = new long[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            var random = new Random((int)((_seed * 7919) + indices[i]));
            var crop = pixels.AsSpan(i * _side * _side, _side * _side);
            var (across, down, phase) = (random.NextDouble(), random.NextDouble(), 6 * random.NextDouble());
            for (var k = 0; k < crop.Length; k++)
            {
                // Waves with some noise: as in photographs, neighbours are alike.
                crop[k] = (float)(Math.Sin((across * (k % _side)) + phase) + Math.Cos(down * (k / _side)) + (0.2 * random.NextDouble()));
            }

            for (var k = 0; k < 10; k++)
            {
                landmarks[(i * 10) + k] = (float)random.NextDouble();
            }

            pose[i] = random.Next(5);
            smile[i] = random.Next(2);
            var noise = augmentationSeed is { } seed ? (float)(new Random((int)(seed ^ indices[i])).NextDouble() * 0.1) : 0;
            crop[0] += noise;
        }

        return new Batch(
            tensor(pixels, [indices.Length, 1, _side, _side]),
            new Dictionary<string, Tensor>
            {
                ["landmarks"] = tensor(landmarks, [indices.Length, 10]),
                ["pose"] = tensor(pose),
                ["smile"] = tensor(smile),
            });
    }
}
