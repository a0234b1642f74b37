using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Serialization;

namespace CrossStitch.Kernels.Models;

/// <summary>
/// How raw values, such as the gray levels of a picture, become a network's input: each is multiplied by
/// <see cref="Scale"/>, then <see cref="Offset"/> is added, then the example is standardised if asked for.
/// </summary>
public sealed record InputFormat
{
    /// <summary>The channels in their order, such as gray, or red, green, blue. One a channel, or none.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The least raw value, such as black.</summary>
    public float Low { get; init; }

    /// <summary>The greatest raw value, such as white.</summary>
    public float High { get; init; } = 255;

    /// <summary>Factor on every raw value.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Added to every scaled value.</summary>
    public float Offset { get; init; }

    /// <summary>Whether every example is shifted and scaled to mean 0 and variance 1 over all its values.</summary>
    public bool Standardized { get; init; }

    /// <summary>Standardisation makes an example whose standard deviation is below this all zeros.</summary>
    public float MinimumDeviation { get; init; }

    /// <summary>How an input is cut from a picture; null if the model does not say, as none of version 1 does.</summary>
    public CropFormat? Crop { get; init; }

    /// <summary>
    /// Whether the network's measured errors are those of the mean of what it says of an input and of its mirror image, rows
    /// reversed, turned back. Whoever runs it without does right, and has the larger errors of one look; whoever runs it with
    /// must know which outputs change places.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MirrorAveraged { get; init; }

    /// <summary>Makes raw values a network's input, in place.</summary>
    /// <param name="example">One example: [channels, rows, columns].</param>
    public void Normalize(Span<float> example)
    {
        Transform(example, Scale, Offset);
        if (!Standardized || example.IsEmpty)
        {
            return;
        }

        var mean = Sum(example, 0, squared: false) / example.Length;
        var deviation = MathF.Sqrt(Sum(example, mean, squared: true) / example.Length);
        var factor = deviation == 0 || deviation < MinimumDeviation ? 0 : 1 / deviation;
        Transform(example, 1, -mean);
        Transform(example, factor, 0);
    }

    private static void Transform(Span<float> values, float scale, float offset)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (ref var vector in vectors)
        {
            vector = (vector * scale) + new Vector<float>(offset);
        }

        foreach (ref var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            value = (value * scale) + offset;
        }
    }

    /// <summary>Σ (value − center), or of its squares, in eight lanes on every machine: the rounding is the same everywhere.</summary>
    private static float Sum(ReadOnlySpan<float> values, float center, bool squared)
    {
        var total = Vector256<float>.Zero;
        var middle = Vector256.Create(center);
        for (; values.Length >= Vector256<float>.Count; values = values[Vector256<float>.Count..])
        {
            var difference = Vector256.Create(values) - middle;
            total += squared ? difference * difference : difference;
        }

        var sum = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            sum += total[lane];
        }

        foreach (var value in values)
        {
            var difference = value - center;
            sum += squared ? difference * difference : difference;
        }

        return sum;
    }
}
