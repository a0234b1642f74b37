namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// A network's errors less a baseline's, for the same seeds and examples: a table of a row a seed and a column an example, of
/// which the means of its rows and columns are kept. They are all that the test and the interval ask for.
/// </summary>
public sealed class PairedDifferences
{
    private readonly double[] _seeds;
    private readonly double[] _examples;

    private PairedDifferences(double[] seeds, double[] examples)
    {
        _seeds = seeds;
        _examples = examples;
        Mean = seeds.Average();
    }

    /// <summary>The mean difference over all seeds and examples.</summary>
    public double Mean { get; }

    /// <summary>The mean difference of each seed, over examples.</summary>
    public IReadOnlyList<double> SeedMeans => _seeds;

    /// <summary>The mean difference of each example, over seeds.</summary>
    public IReadOnlyList<double> ExampleMeans => _examples;

    /// <summary>Subtracts a baseline's errors from a network's.</summary>
    /// <param name="network">The network's error, a row a seed and in it a number an example.</param>
    /// <param name="baseline">The baseline's, for the same seeds and examples in the same order.</param>
    /// <exception cref="ArgumentException">The two tables differ in shape, or have no seed or fewer than two examples.</exception>
    public static PairedDifferences Between(IReadOnlyList<double[]> network, IReadOnlyList<double[]> baseline)
    {
        if (network.Count == 0 || network[0].Length < 2)
        {
            throw new ArgumentException("A comparison takes one seed and two examples or more.", nameof(network));
        }

        var examples = network[0].Length;
        if (baseline.Count != network.Count || network.Concat(baseline).Any(row => row.Length != examples))
        {
            throw new ArgumentException("The network and the baseline were not measured with the same seeds on the same examples.", nameof(baseline));
        }

        var (seedMeans, exampleMeans) = (new double[network.Count], new double[examples]);
        for (var seed = 0; seed < network.Count; seed++)
        {
            for (var example = 0; example < examples; example++)
            {
                var difference = network[seed][example] - baseline[seed][example];
                seedMeans[seed] += difference / examples;
                exampleMeans[example] += difference / network.Count;
            }
        }

        return new PairedDifferences(seedMeans, exampleMeans);
    }
}
