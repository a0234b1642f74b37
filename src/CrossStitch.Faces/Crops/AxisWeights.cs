using System.Buffers;

namespace CrossStitch.Faces.Crops;

/// <summary>
/// What each patch pixel along one axis takes from which image pixels: a tent centred on the patch pixel, as wide as
/// two patch pixels when the image is shrunk and as two image pixels when it is enlarged. That is bilinear
/// interpolation where a patch pixel is smaller than an image pixel, and a low-pass filter that keeps out aliases where
/// it is larger; the change from one to the other is continuous.
/// </summary>
internal readonly struct AxisWeights : IDisposable
{
    private readonly int[] _first;
    private readonly int[] _taps;
    private readonly float[] _weights;
    private readonly int _most;

    /// <summary>Works weights out; their memory is the shared pool's until they are disposed.</summary>
    /// <param name="start">Where the patch begins, in image pixels from the image's edge.</param>
    /// <param name="step">Image pixels in a patch pixel.</param>
    /// <param name="skip">Patch pixels at its beginning that nobody needs.</param>
    /// <param name="count">Patch pixels after them.</param>
    /// <param name="length">Image pixels.</param>
    public AxisWeights(double start, double step, int skip, int count, int length)
    {
        var radius = Math.Max(1, step);
        Count = count;
        _most = Math.Min(length, (int)Math.Ceiling(2 * radius) + 2);
        _first = ArrayPool<int>.Shared.Rent(count);
        _taps = ArrayPool<int>.Shared.Rent(count);
        _weights = ArrayPool<float>.Shared.Rent(count * _most);
        var sums = ArrayPool<double>.Shared.Rent(_most);
        (Begin, End) = (length, 0);
        for (var i = 0; i < count; i++)
        {
            var centre = start + ((skip + i + 0.5) * step);
            (_first[i], _taps[i]) = Tent(centre, radius, length, sums, _weights.AsSpan(i * _most, _most));
            Begin = Math.Min(Begin, _first[i]);
            End = Math.Max(End, _first[i] + _taps[i]);
        }

        ArrayPool<double>.Shared.Return(sums);
    }

    /// <summary>Patch pixels.</summary>
    public int Count { get; }

    /// <summary>The first image pixel that any patch pixel uses.</summary>
    public int Begin { get; }

    /// <summary>One past the last image pixel that any patch pixel uses.</summary>
    public int End { get; }

    /// <summary>The first image pixel that a patch pixel uses.</summary>
    public int First(int pixel) => _first[pixel];

    /// <summary>The weights of that image pixel and the following ones; their sum is 1.</summary>
    public ReadOnlySpan<float> Weights(int pixel) => _weights.AsSpan(pixel * _most, _taps[pixel]);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_first);
        ArrayPool<int>.Shared.Return(_taps);
        ArrayPool<float>.Shared.Return(_weights);
    }

    // Beyond the image lie copies of its edge pixels, so weights that fall there go to the edge pixel.
    private static (int First, int Taps) Tent(double centre, double radius, int length, Span<double> sums, Span<float> weights)
    {
        var from = (int)Math.Floor(centre - radius + 0.5);
        var to = (int)Math.Ceiling(centre + radius - 0.5);
        var first = Math.Clamp(from, 0, length - 1);
        var taps = Math.Clamp(to, 0, length - 1) - first + 1;
        sums[..taps].Clear();
        double sum = 0;
        for (var tap = from; tap <= to; tap++)
        {
            var weight = Math.Max(0, 1 - (Math.Abs(tap + 0.5 - centre) / radius));
            sums[Math.Clamp(tap, 0, length - 1) - first] += weight;
            sum += weight;
        }

        for (var tap = 0; tap < taps; tap++)
        {
            weights[tap] = (float)(sums[tap] / sum);
        }

        return (first, taps);
    }
}
