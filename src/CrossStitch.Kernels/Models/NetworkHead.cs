namespace CrossStitch.Kernels.Models;

/// <summary>A linear head: outputs = weights × the features of one tower + biases.</summary>
/// <param name="Name">Unique among the heads of a network.</param>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Tower">Whose features it reads, from 0.</param>
/// <param name="Outputs">How many numbers it gives.</param>
/// <param name="Weights">[outputs, features].</param>
/// <param name="Biases">[outputs].</param>
public sealed record NetworkHead(string Name, HeadKind Kind, int Tower, int Outputs, ReadOnlyMemory<float> Weights, ReadOnlyMemory<float> Biases)
{
    /// <summary>
    /// The unit of coordinates in the region that <see cref="InputFormat.Crop"/> names: x to the right and y downwards from
    /// the upper left corner of the region, without its margin, in widths of the region.
    /// </summary>
    public const string BoxUnit = "box";

    /// <summary>What each number is called: a class, a coordinate. One an output, or none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// In what the numbers of a regression are measured, such as <see cref="BoxUnit"/> or <c>degrees</c>; null if the model
    /// does not say. Classes have none.
    /// </summary>
    public string? Unit { get; init; }
}
