using CrossStitch.Relations;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Sharing;

/// <summary>
/// Towers without stitches, tied by nothing but the weight relation (section 3.3, "with or without the presence of
/// cross stitch"); the commands call it <c>related</c>.
/// </summary>
public sealed class TiedTowersNetwork : MultiTaskNetwork
{
    /// <summary>Builds the network.</summary>
    /// <param name="shape">What each tower is made of.</param>
    /// <param name="groups">The groups of tasks, one a tower.</param>
    /// <param name="relation">How the towers' weights are tied.</param>
    /// <param name="seed">Where the first weights come from.</param>
    public TiedTowersNetwork(TowerShape shape, IReadOnlyList<TaskGroup> groups, WeightRelationOptions relation, long seed)
        : base("related", shape, groups, seed, relation) => RegisterComponents();
}
