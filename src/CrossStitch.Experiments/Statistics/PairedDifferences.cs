namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// A network's errors less a baseline's, for the same seeds and faces: a table of a row a seed and a column a face, of
/// which the means of its rows and columns are kept. They are all that the test and the interval ask for.
/// </summary>
public sealed class PairedDifferences
{
    private readonly double[] _seeds;
    private readonly double[] _faces;

    private PairedDifferences(double[] seeds, double[] faces)
    {
        _seeds = seeds;
        _faces = faces;
        Mean = seeds.Average();
    }

    /// <summary>The mean difference over all seeds and faces.</summary>
    public double Mean { get; }

    /// <summary>The mean difference of each seed, over faces.</summary>
    public IReadOnlyList<double> SeedMeans => _seeds;

    /// <summary>The mean difference of each face, over seeds.</summary>
    public IReadOnlyList<double> FaceMeans => _faces;

    /// <summary>Subtracts a baseline's errors from a network's.</summary>
    /// <param name="network">The network's error, a row a seed and in it a number a face.</param>
    /// <param name="baseline">The baseline's, for the same seeds and faces in the same order.</param>
    /// <exception cref="ArgumentException">The two tables differ in shape, or have no seed or fewer than two faces.</exception>
    public static PairedDifferences Between(IReadOnlyList<double[]> network, IReadOnlyList<double[]> baseline)
    {
        if (network.Count == 0 || network[0].Length < 2)
        {
            throw new ArgumentException("A comparison takes one seed and two faces or more.", nameof(network));
        }

        var faces = network[0].Length;
        if (baseline.Count != network.Count || network.Concat(baseline).Any(row => row.Length != faces))
        {
            throw new ArgumentException("The network and the baseline were not measured with the same seeds on the same faces.", nameof(baseline));
        }

        var (seedMeans, faceMeans) = (new double[network.Count], new double[faces]);
        for (var seed = 0; seed < network.Count; seed++)
        {
            for (var face = 0; face < faces; face++)
            {
                var difference = network[seed][face] - baseline[seed][face];
                seedMeans[seed] += difference / faces;
                faceMeans[face] += difference / network.Count;
            }
        }

        return new PairedDifferences(seedMeans, faceMeans);
    }
}
