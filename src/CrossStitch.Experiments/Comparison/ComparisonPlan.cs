using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Which runs a comparison is made of.</summary>
/// <param name="Base">What all runs have in common; network, auxiliary tasks and seed are replaced.</param>
/// <param name="Networks">The networks.</param>
/// <param name="AuxiliarySets">The sets of auxiliary tasks that each network but the baseline is trained with.</param>
/// <param name="Seeds">The seeds that each is trained with.</param>
public sealed record ComparisonPlan(
    Recipe Base,
    IReadOnlyList<NetworkKind> Networks,
    IReadOnlyList<AuxiliarySet> AuxiliarySets,
    IReadOnlyList<long> Seeds)
{
    /// <summary>The runs, seed by seed, so that a comparison that is stopped has compared something.</summary>
    public IReadOnlyList<PlannedRun> Runs() =>
    [
        .. from seed in Seeds
           from network in Networks
           from set in network == NetworkKind.Single ? [null] : AuxiliarySets.Cast<AuxiliarySet?>()
           select new PlannedRun(
               set is null ? NetworkBuilder.Name(network) : $"{NetworkBuilder.Name(network)}-{set.Name}",
               Base with { Network = network, Auxiliary = set?.Tasks ?? [], Seed = seed }),
    ];

    /// <summary>The folder that a comparison goes to if none is named; see <see cref="DefaultFolder"/>.</summary>
    public string FolderName() => DefaultFolder.Of("compare", Base, [.. Networks.Select(NetworkBuilder.Name), .. AuxiliarySets.Select(set => set.Name)]);
}
