using CrossStitch.Kernels;
using CrossStitch.Parameters;

namespace CrossStitch.Towers;

/// <summary>A fully connected layer and ReLU; it flattens what comes in.</summary>
/// <param name="Name">Unique in its tower.</param>
/// <param name="Features">Output features.</param>
public sealed record DenseStage(string Name, int Features) : TowerStage(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) =>
        Features < 1 ? throw new CrossStitchException($"Stage '{Name}': a dense stage needs at least one feature, not {Features}.") : [Features];

    /// <summary>Weights [out, in] and biases.</summary>
    /// <inheritdoc/>
    public override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input) => ParameterBlock.WithBias(prefix, [Features, input.Aggregate(1, (product, side) => product * side)]);

    /// <summary>Weights by <see cref="HeUniform"/>; biases stay zeros.</summary>
    /// <inheritdoc/>
    public override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random) => HeUniform.Fill(parameters, $"{prefix}.weight", random);
}
