using CrossStitch.Towers;

namespace CrossStitch.Torch.Tests.Engines;

/// <summary>A stage that neither engine knows.</summary>
internal sealed record OwnStage() : TowerStage("own")
{
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => input;

    public override IReadOnlyList<int> WeightShape(IReadOnlyList<int> input) => [1];
}
