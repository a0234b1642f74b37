namespace CrossStitch.Relations;

/// <summary>The exponential of the squared distance, less one; beyond its limit along the tangent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Map">Whether the first weights are mapped.</param>
internal sealed record ExponentialPenalty(string Name, bool Map) : RelationPenalty(Name)
{
    /// <inheritdoc/>
    public override bool HasMap => Map;

    /// <inheritdoc/>
    public override double Penalize(double squaredDistance, out double slope)
    {
        slope = Math.Exp(Math.Min(squaredDistance, ExponentLimit));
        return slope - 1 + (slope * Math.Max(0, squaredDistance - ExponentLimit));
    }
}
