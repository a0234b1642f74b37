using CrossStitch.Relations;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Sharing;

/// <summary>
/// One tower a group of tasks, and a cross-stitch unit after every stage (sections 3.2 and 5.2, figure 2); with a
/// weight relation it is figure 3, the commands' <c>related-cross-stitch</c>.
/// </summary>
public sealed class CrossStitchNetwork : MultiTaskNetwork
{
    private readonly ModuleList<CrossStitchUnit> _stitches;

    /// <summary>Builds the network.</summary>
    /// <param name="shape">What each tower is made of.</param>
    /// <param name="groups">The groups of tasks, one a tower; at least two.</param>
    /// <param name="options">How the units are built.</param>
    /// <param name="seed">Where the first weights come from.</param>
    /// <param name="relation">How the towers' weights are tied, if they are.</param>
    /// <exception cref="CrossStitchException">There are fewer than two groups.</exception>
    public CrossStitchNetwork(TowerShape shape, IReadOnlyList<TaskGroup> groups, CrossStitchOptions options, long seed, WeightRelationOptions? relation = null)
        : base(relation is null ? "cross-stitch" : "related-cross-stitch", shape, groups, seed, relation)
    {
        if (groups.Count < 2)
        {
            throw new CrossStitchException("A cross-stitch network mixes towers, so it needs at least two groups of tasks.");
        }

        var outputs = shape.StageOutputs();
        _stitches = new ModuleList<CrossStitchUnit>([.. shape.Stages.Select((stage, i) =>
            new CrossStitchUnit(stage.Name, groups.Count, outputs[i][0], options))]);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CrossStitchUnit> Stitches => [.. _stitches];

    /// <inheritdoc/>
    protected override Tensor[] Features(Tensor input)
    {
        var towers = Towers;
        var activations = Enumerable.Repeat(input, towers.Count).ToArray();
        for (var stage = 0; stage < _stitches.Count; stage++)
        {
            activations = _stitches[stage].call([.. towers.Select((tower, i) => tower.Layers[stage].call(activations[i]))]);
        }

        return [.. activations.Select(activation => activation.flatten(1))];
    }
}
