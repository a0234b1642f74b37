namespace CrossStitch.Parameters;

/// <summary>What a block of parameters is for; each role may learn at its own rate (section 6.4).</summary>
/// <param name="Name">Unique among the roles of a network.</param>
/// <param name="Decays">Whether weight decay applies to it.</param>
public sealed record ParameterRole(string Name, bool Decays = false)
{
    /// <summary>Weights and biases of towers and heads.</summary>
    public static ParameterRole Weights { get; } = new("weights", Decays: true);

    /// <summary>α of the cross-stitch units.</summary>
    public static ParameterRole Stitches { get; } = new("stitches");

    /// <summary>a and b of the weight relation.</summary>
    public static ParameterRole Relation { get; } = new("relation");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
