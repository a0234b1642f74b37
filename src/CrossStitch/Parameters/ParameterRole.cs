namespace CrossStitch.Parameters;

/// <summary>What a block of parameters is for; each role may learn at its own rate (section 6.4).</summary>
/// <param name="Name">Unique among the roles of a network.</param>
/// <param name="Decays">Whether weight decay applies to it.</param>
/// <param name="IsLearned">Whether optimisers move it.</param>
public sealed record ParameterRole(string Name, bool Decays = false, bool IsLearned = true)
{
    /// <summary>Weights and biases of towers and heads.</summary>
    public static ParameterRole Weights { get; } = new("weights", Decays: true);

    /// <summary>α of the cross-stitch units.</summary>
    public static ParameterRole Stitches { get; } = new("stitches");

    /// <summary>a and b of the weight relation.</summary>
    public static ParameterRole Relation { get; } = new("relation");

    /// <summary>What a layer keeps of the examples that it has seen, such as running means: saved with the network, not learned; gradients are zeros.</summary>
    public static ParameterRole Statistics { get; } = new("statistics", IsLearned: false);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
