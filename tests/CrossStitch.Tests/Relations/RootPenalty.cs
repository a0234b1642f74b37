using CrossStitch.Relations;

namespace CrossStitch.Tests.Relations;

/// <summary>A penalty as a user writes one: <c>√(1 + s) − 1</c>, which grows as the distance itself does once weights are far apart.</summary>
internal sealed record RootPenalty() : RelationPenalty("root")
{
    public override bool HasMap => true;

    public override double Penalize(double squaredDistance, out double slope)
    {
        var root = Math.Sqrt(1 + squaredDistance);
        slope = 1 / (2 * root);
        return root - 1;
    }
}
