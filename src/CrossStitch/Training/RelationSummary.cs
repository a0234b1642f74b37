using CrossStitch.Relations;
using CrossStitch.Sharing;

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
    public static IReadOnlyList<RelationSummary> Of(Network network)
    {
        if (network.Description.Relation is null)
        {
            return [];
        }

        var relation = new WeightRelation(network.Description);
        return [.. Enumerable.Range(0, relation.Terms).Select(term => Of(network, relation, term))];
    }

    private static RelationSummary Of(Network network, WeightRelation relation, int term)
    {
        var (pair, layer, firstName, secondName) = relation.Term(term);
        var parameters = network.Parameters;
        var (scale, shift) = parameters.Contains(ParameterNames.Scale) ? (parameters[ParameterNames.Scale][term], parameters[ParameterNames.Shift][term]) : (1f, 0f);
        var first = parameters[firstName];
        var second = parameters[secondName];
        var squared = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            var distance = ((double)scale * first[i]) + shift - second[i];
            squared += distance * distance;
        }

        return new RelationSummary(layer, pair, scale, shift, squared);
    }
}
