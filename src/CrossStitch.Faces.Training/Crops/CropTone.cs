using System.Numerics;
using System.Runtime.InteropServices;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>A change of gray levels: contrast about mid-gray, brightness, clipping, midtones.</summary>
/// <param name="brightness">Share of the gray range added.</param>
/// <param name="contrast">Factor on differences from mid-gray.</param>
/// <param name="midtones">m of v + m·v·(1 − v).</param>
internal readonly struct CropTone(double brightness, double contrast, double midtones)
{
    private const float White = 255;

    private readonly float _gain = (float)contrast;
    private readonly float _offset = (float)((brightness + (0.5 * (1 - contrast))) * White);
    private readonly float _bend = (float)(midtones / White);

    /// <summary>Changes gray levels in place; they stay in 0..255. No change leaves every bit as it was.</summary>
    /// <param name="pixels">Gray levels.</param>
    public void Apply(Span<float> pixels)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(pixels);
        var (black, white) = (Vector<float>.Zero, new Vector<float>(White));
        for (var i = 0; i < vectors.Length; i++)
        {
            var value = Vector.ClampNative((vectors[i] * _gain) + new Vector<float>(_offset), black, white);
            vectors[i] = value + (_bend * value * (white - value));
        }

        for (var i = vectors.Length * Vector<float>.Count; i < pixels.Length; i++)
        {
            var value = Math.Clamp((pixels[i] * _gain) + _offset, 0, White);
            pixels[i] = value + (_bend * value * (White - value));
        }
    }
}
