namespace CrossStitch.Faces.Crops;

/// <summary>
/// What each patch pixel along one axis takes from which image pixels: a tent centred on the patch pixel, as wide as
/// two patch pixels when the image is shrunk and as two image pixels when it is enlarged. That is bilinear
/// interpolation where a patch pixel is smaller than an image pixel, and a low-pass filter that keeps out aliases where
/// it is larger; the change from one to the other is continuous.
/// </summary>
internal readonly struct AxisWeights
{
    private readonly int[] _first;
    private readonly float[][] _weights;

    /// <param name="start">Where the patch begins, in image pixels from the image's edge.</param>
    /// <param name="step">Image pixels in a patch pixel.</param>
    /// <param name="count">Patch pixels.</param>
    /// <param name="length">Image pixels.</param>
    public AxisWeights(double start, double step, int count, int length)
    {
        _first = new int[count];
        _weights = new float[count][];
        var radius = Math.Max(1, step);
        for (var i = 0; i < count; i++)
        {
            var centre = start + ((i + 0.5) * step);
            (_first[i], _weights[i]) = Tent(centre, radius, length);
        }

        Begin = _first.Min();
        End = _first.Zip(_weights, (first, weights) => first + weights.Length).Max();
    }

    /// <summary>Patch pixels.</summary>
    public int Count => _first.Length;

    /// <summary>The first image pixel that any patch pixel uses.</summary>
    public int Begin { get; }

    /// <summary>One past the last image pixel that any patch pixel uses.</summary>
    public int End { get; }

    /// <summary>The first image pixel that a patch pixel uses.</summary>
    public int First(int pixel) => _first[pixel];

    /// <summary>The weights of that image pixel and the following ones; their sum is 1.</summary>
    public ReadOnlySpan<float> Weights(int pixel) => _weights[pixel];

    // Beyond the image lie copies of its edge pixels, so weights that fall there go to the edge pixel.
    private static (int First, float[] Weights) Tent(double centre, double radius, int length)
    {
        var from = (int)Math.Floor(centre - radius + 0.5);
        var to = (int)Math.Ceiling(centre + radius - 0.5);
        var first = Math.Clamp(from, 0, length - 1);
        var weights = new double[Math.Clamp(to, 0, length - 1) - first + 1];
        double sum = 0;
        for (var tap = from; tap <= to; tap++)
        {
            var weight = Math.Max(0, 1 - (Math.Abs(tap + 0.5 - centre) / radius));
            weights[Math.Clamp(tap, 0, length - 1) - first] += weight;
            sum += weight;
        }

        return (first, Array.ConvertAll(weights, weight => (float)(weight / sum)));
    }
}
