using CrossStitch.Training;

namespace OwnTask;

/// <summary>Numbers with their sine as label, every tenth of which is wrong by a lot, and with its sign.</summary>
/// <param name="task">Whose label is the sine.</param>
/// <param name="count">How many.</param>
/// <param name="seed">Where they come from.</param>
/// <param name="clean">No wrong labels: what to measure on.</param>
internal sealed class NoisyWaves(string task, int count, int seed, bool clean = false) : ILabelledData
{
    private readonly float[] _places = Places(count, seed);

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var place = _places[indices[i]];
            var wave = MathF.Sin(3 * place);
            batch.Example(i)[0] = place;
            batch.Label("sign", i)[0] = wave < 0 ? 0 : 1;
            batch.Label(task, i)[0] = !clean && indices[i] % 10 == 0 ? wave + 5 : wave;
        }
    }

    private static float[] Places(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
