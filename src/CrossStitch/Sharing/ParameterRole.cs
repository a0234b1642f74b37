namespace CrossStitch.Sharing;

/// <summary>What a parameter is for; each role may learn at its own rate (section 6.4).</summary>
public enum ParameterRole
{
    /// <summary>Weights and biases of towers and heads.</summary>
    Weights,

    /// <summary>α of the cross-stitch units.</summary>
    Stitches,

    /// <summary>a and b of the weight relation.</summary>
    Relation,
}
