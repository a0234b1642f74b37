using System.Globalization;

namespace CrossStitch.Faces.Reading;

/// <summary>What a network says of an attribute of a face.</summary>
/// <typeparam name="T">The attribute's values: an enumeration, or yes and no.</typeparam>
/// <param name="Value">The most probable value.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
/// <param name="Probabilities">The probability of each value, in the order of the enumeration; no, then yes. Their sum is 1.</param>
public sealed record Prediction<T>(T Value, float Probability, IReadOnlyList<float> Probabilities)
    where T : struct
{
    /// <summary>Whether another says the same, to the bit.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Prediction<T>? other) =>
        other is not null && Value.Equals(other.Value) && Probability.Equals(other.Probability) && Probabilities.SequenceEqual(other.Probabilities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Probability);

    /// <summary>The value and its probability, such as <c>Frontal (0.98)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} ({Probability:0.00})");
}
