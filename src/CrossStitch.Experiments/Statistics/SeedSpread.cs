using MathNet.Numerics.Statistics;

namespace CrossStitch.Experiments.Statistics;

/// <summary>How much the difference between two networks' mean errors varies from one seed to the next.</summary>
/// <param name="Variance">The variance of a seed's difference.</param>
/// <param name="DegreesOfFreedom">How much is known of it.</param>
public sealed record SeedSpread(double Variance, int DegreesOfFreedom)
{
    /// <summary>The variance over the seeds of two networks; null with a single seed, which has none.</summary>
    /// <param name="differences">One network's errors less the other's.</param>
    public static SeedSpread? Of(PairedDifferences differences) =>
        differences.SeedMeans.Count > 1 ? new SeedSpread(differences.SeedMeans.Variance(), differences.SeedMeans.Count - 1) : null;

    /// <summary>
    /// The variance over the seeds of several networks together: the mean variance over all pairs of networks. Where all have
    /// the same seeds this is twice the residual mean square of the analysis of variance of networks × seeds, with
    /// (networks − 1)(seeds − 1) degrees of freedom.
    /// </summary>
    /// <param name="networks">For each network its mean error by seed.</param>
    /// <returns>Null where no two networks have two seeds in common.</returns>
    public static SeedSpread? Pooled(IReadOnlyList<IReadOnlyDictionary<long, double>> networks)
    {
        var (squares, freedom) = (0.0, 0);
        for (var i = 0; i < networks.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var differences = networks[i].Where(run => networks[j].ContainsKey(run.Key)).Select(run => run.Value - networks[j][run.Key]).ToList();
                if (differences.Count > 1)
                {
                    squares += differences.Variance() * (differences.Count - 1);
                    freedom += differences.Count - 1;
                }
            }
        }

        // Pairs share networks, so they know less together than one by one: as much as the runs that are left when every network and seed has taken one.
        var left = networks.Sum(network => network.Count) - networks.Count - networks.SelectMany(network => network.Keys).Distinct().Count() + 1;
        return freedom == 0 ? null : new SeedSpread(squares / freedom, Math.Max(1, left));
    }

    /// <summary>
    /// What several tables of networks, none of which is compared with another's, know of a spread that is about the same in
    /// all: the mean of their variances, each by its degrees of freedom.
    /// </summary>
    /// <param name="tables">The spread of each table; one that is null says nothing.</param>
    /// <returns>Null where none says anything.</returns>
    public static SeedSpread? Together(IEnumerable<SeedSpread?> tables)
    {
        var known = tables.OfType<SeedSpread>().ToList();
        var freedom = known.Sum(table => table.DegreesOfFreedom);
        return known.Count == 0 ? null : new SeedSpread(known.Sum(table => table.DegreesOfFreedom * table.Variance) / freedom, freedom);
    }

    /// <summary>
    /// The spread to judge a pair by: the family's, or the pair's own where that is larger, with what is known of the
    /// family's. It is never less than the classical analysis of variance of the family would take.
    /// </summary>
    /// <param name="own">The pair's own; null with a single seed.</param>
    /// <param name="family">That of the networks, or pairs, that are judged together; null if unknown.</param>
    public static SeedSpread? Cautious(SeedSpread? own, SeedSpread? family) =>
        own is null || family is null ? own : family with { Variance = Math.Max(own.Variance, family.Variance) };
}
