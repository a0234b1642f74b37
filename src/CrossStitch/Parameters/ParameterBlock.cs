namespace CrossStitch.Parameters;

/// <summary>Numbers that a network learns and that belong together, such as the weights of a layer.</summary>
/// <param name="Name">Unique in its network: <c>tower0.pool1.weight</c>.</param>
/// <param name="Shape">Its sides: [out, in, row, column] of a convolution's weights.</param>
/// <param name="Role">What it is for.</param>
public sealed record ParameterBlock(string Name, IReadOnlyList<int> Shape, ParameterRole Role)
{
    /// <summary>How many numbers it holds.</summary>
    public int Count { get; } = checked(Shape.Aggregate(1, (product, side) => checked(product * side)));
}
