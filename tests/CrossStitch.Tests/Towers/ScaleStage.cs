using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Towers;

namespace CrossStitch.Tests.Towers;

/// <summary>A stage with parameters unlike any other's: a gain a channel, of a role of its own, and running means.</summary>
internal sealed record ScaleStage(string Name) : TowerStage(Name)
{
    private static readonly ParameterRole Gains = new("gains");

    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => input;

    public override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input) =>
        [new($"{prefix}.gain", [input[0]], Gains), new($"{prefix}.mean", [input[0]], ParameterRole.Statistics)];

    public override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random)
    {
        foreach (ref var gain in parameters[$"{prefix}.gain"])
        {
            gain = (float)random.NextBetween(1, 2);
        }
    }
}
