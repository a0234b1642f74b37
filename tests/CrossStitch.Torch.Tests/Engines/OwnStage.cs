using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Towers;

namespace CrossStitch.Torch.Tests.Engines;

/// <summary>A stage that neither engine knows.</summary>
internal sealed record OwnStage() : TowerStage("own")
{
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => input;

    public override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input) => [];

    public override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random)
    {
    }
}
