using System.Buffers;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// What each pixel of a resampled axis takes from which pixels of the photo: a tent as wide as two pixels of the larger of
/// both. All pixels have as many taps, of which those at the photo's edges may be zero.
/// </summary>
internal readonly struct TentWeights : IDisposable
{
    private readonly int[] _first;
    private readonly float[] _weights;

    /// <summary>Works weights out.</summary>
    /// <param name="scale">Pixels of the photo in a pixel of the result.</param>
    /// <param name="count">Pixels of the result.</param>
    /// <param name="length">Pixels of the photo.</param>
    public TentWeights(float scale, int count, int length)
    {
        double radius = Math.Max(1, scale);
        Taps = Math.Min(length, (int)Math.Ceiling(2 * radius) + 1);
        _first = ArrayPool<int>.Shared.Rent(count);
        _weights = ArrayPool<float>.Shared.Rent(count * Taps);
        _weights.AsSpan(0, count * Taps).Clear();
        for (var i = 0; i < count; i++)
        {
            var centre = (i + 0.5) * scale;
            var from = (int)Math.Floor(centre - radius + 0.5);
            _first[i] = Math.Clamp(from, 0, length - Taps);
            var to = (int)Math.Ceiling(centre + radius - 0.5);
            double sum = 0;
            for (var tap = from; tap <= to; tap++)
            {
                sum += Tent(tap, centre, radius);
            }

            // Beyond the photo lie copies of its edge pixels.
            for (var tap = from; tap <= to; tap++)
            {
                _weights[(i * Taps) + Math.Clamp(Math.Clamp(tap, 0, length - 1) - _first[i], 0, Taps - 1)] += (float)(Tent(tap, centre, radius) / sum);
            }
        }
    }

    /// <summary>Pixels of the photo that a pixel of the result takes from.</summary>
    public int Taps { get; }

    /// <summary>The first of them.</summary>
    /// <param name="pixel">Of the result.</param>
    public int First(int pixel) => _first[pixel];

    /// <summary>The weight of one of them.</summary>
    /// <param name="pixel">Of the result.</param>
    /// <param name="tap">Which, from 0.</param>
    public float Weight(int pixel, int tap) => _weights[(pixel * Taps) + tap];

    /// <summary>The weights of all of them; their sum is 1.</summary>
    /// <param name="pixel">Of the result.</param>
    public ReadOnlySpan<float> Of(int pixel) => _weights.AsSpan(pixel * Taps, Taps);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_first);
        ArrayPool<float>.Shared.Return(_weights);
    }

    private static double Tent(int tap, double centre, double radius) => Math.Max(0, 1 - (Math.Abs(tap + 0.5 - centre) / radius));
}
