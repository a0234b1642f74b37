using CrossStitch.Training;

namespace TwoTasks;

/// <summary>Random points of a plane with two labels each: how far from the middle, and in which quarter.</summary>
/// <param name="count">How many points.</param>
/// <param name="seed">Where they come from.</param>
internal sealed class Points(int count, int seed) : ILabelledData
{
    private readonly float[] _places = Places(count, seed);

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var (x, y) = (_places[2 * indices[i]], _places[(2 * indices[i]) + 1]);
            (batch.Example(i)[0], batch.Example(i)[1]) = (x, y);

            // A network asks for the labels of its own tasks only.
            if (batch.Has("distance"))
            {
                batch.Label("distance", i)[0] = MathF.Sqrt((x * x) + (y * y));
            }

            if (batch.Has("quarter"))
            {
                batch.Label("quarter", i)[0] = (x < 0 ? 1 : 0) + (y < 0 ? 2 : 0);
            }
        }
    }

    private static float[] Places(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
