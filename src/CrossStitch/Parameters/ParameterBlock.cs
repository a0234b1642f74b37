namespace CrossStitch.Parameters;

/// <summary>Numbers of a network that belong together, such as the weights of a layer.</summary>
/// <param name="Name">Unique in its network: <c>tower0.pool1.weight</c>.</param>
/// <param name="Shape">Its sides: [out, in, row, column] of a convolution's weights.</param>
/// <param name="Role">What it is for.</param>
public sealed record ParameterBlock(string Name, IReadOnlyList<int> Shape, ParameterRole Role)
{
    /// <summary>How many numbers it holds.</summary>
    public int Count { get; } = checked(Shape.Aggregate(1, (product, side) => checked(product * side)));

    /// <summary>The blocks of a layer: <c>PREFIX.weight</c> and <c>PREFIX.bias</c>.</summary>
    /// <param name="prefix">What both names begin with.</param>
    /// <param name="shape">The weights' sides: [out, in, ...]; there are as many biases as outputs.</param>
    public static IReadOnlyList<ParameterBlock> WithBias(string prefix, IReadOnlyList<int> shape) =>
        [new($"{prefix}.weight", shape, ParameterRole.Weights), new($"{prefix}.bias", [shape[0]], ParameterRole.Weights)];
}
