using CrossStitch.Sharing;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>Where a weight relation stands in one layer of one pair of towers.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Pair">Which pair of towers, from 0.</param>
/// <param name="Scale">a_j of eq. 7; 1 where the penalty has none.</param>
/// <param name="Shift">b_j of eq. 7; 0 where the penalty has none.</param>
/// <param name="SquaredDistance">‖a_j W_j¹ + b_j − W_j²‖².</param>
public sealed record RelationSummary(string Layer, int Pair, double Scale, double Shift, double SquaredDistance)
{
    /// <summary>Summarises a network's relation; nothing if it has none.</summary>
    /// <param name="network">Whose.</param>
    public static IReadOnlyList<RelationSummary> Of(MultiTaskNetwork network)
    {
        if (network.Relation is not { } relation)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var towers = network.Towers;
        var pairs = towers.Count * (towers.Count - 1) / 2;
        return [.. from pair in Enumerable.Range(0, pairs)
                   from layer in Enumerable.Range(0, relation.LayerNames.Count)
                   select new RelationSummary(
                       relation.LayerNames[layer],
                       pair,
                       relation.Scale?[pair, layer].item<float>() ?? 1,
                       relation.Shift?[pair, layer].item<float>() ?? 0,
                       relation.SquaredDistance(towers, pair, layer).item<float>())];
    }
}
