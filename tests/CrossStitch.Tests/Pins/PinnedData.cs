using CrossStitch.Training;

namespace CrossStitch.Tests.Pins;

/// <summary>The examples that the pins were made with: numbers that their keys decide, the same in any version.</summary>
internal sealed class PinnedData : ILabelledData
{
    public static readonly float[] Mean = [0.34f, 0.68f, 0.51f, 0.37f, 0.66f, 0.39f, 0.39f, 0.60f, 0.76f, 0.75f];

    public int Count => 48;

    /// <summary>A number from −1 to 1.</summary>
    public static double Uniform(params ReadOnlySpan<long> keys)
    {
        ulong z = 0x243F6A8885A308D3;
        foreach (var key in keys)
        {
            z ^= (ulong)key + 0x9E3779B97F4A7C15UL + (z << 6) + (z >> 2);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
        }

        return (2 * ((z >> 11) * (1.0 / (1UL << 53)))) - 1;
    }

    public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var example = indices[i];
            for (var j = 0; j < 1600; j++)
            {
                batch.Input[(i * 1600) + j] = (float)(1.5 * Uniform(3, example, j));
            }

            for (var j = 0; j < 10; j++)
            {
                batch.Labels("landmarks")[(i * 10) + j] = (float)(Mean[j] + (0.05 * Uniform(4, example, j)));
            }

            if (example % 7 == 3)
            {
                batch.Labels("landmarks")[i * 10] = float.NaN;
            }

            if (batch.Has("pose"))
            {
                batch.Labels("pose")[i] = example % 11 == 5 ? -1 : example % 5;
                batch.Labels("smile")[i] = example % 2;
            }
        }
    }
}
