namespace CrossStitch.Relations;

/// <summary>The squared distance itself.</summary>
internal sealed record SquaredPenalty() : RelationPenalty("squared")
{
    /// <inheritdoc/>
    public override double Penalize(double squaredDistance, out double slope)
    {
        slope = 1;
        return squaredDistance;
    }
}
