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
    /// <summary>What each number is called: a class, a coordinate. One an output, or none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
