namespace CrossStitch.Towers;

/// <summary>A fully connected layer and ReLU; it flattens what comes in.</summary>
/// <param name="Name">Unique in its tower.</param>
/// <param name="Features">Output features.</param>
public sealed record DenseStage(string Name, int Features) : TowerStage(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) =>
        Features < 1 ? throw new CrossStitchException($"Stage '{Name}': a dense stage needs at least one feature, not {Features}.") : [Features];

    /// <inheritdoc/>
    public override IReadOnlyList<int> WeightShape(IReadOnlyList<int> input) => [Features, input.Aggregate(1, (product, side) => product * side)];
}
