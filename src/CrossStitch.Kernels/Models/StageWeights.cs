namespace CrossStitch.Kernels.Models;

/// <summary>One stage of one tower.</summary>
/// <param name="Weights">[output channels, input channels, kernel rows, kernel columns].</param>
/// <param name="Biases">[output channels].</param>
public sealed record StageWeights(ReadOnlyMemory<float> Weights, ReadOnlyMemory<float> Biases);
