using CrossStitch.Experiments.Statistics;
using CrossStitch.Kernels;

namespace CrossStitch.Benchmarks.Simulations;

/// <summary>How networks, seeds and faces differ by chance in simulated studies in which no network is better than another.</summary>
/// <param name="Seeds">How many seeds every network has.</param>
/// <param name="Faces">How many test faces there are.</param>
/// <param name="BySeed">Standard deviation of what a seed does to a network's error on all faces alike.</param>
/// <param name="ByFace">Standard deviation of what a face does to a network's error with all seeds alike.</param>
/// <param name="ByBoth">Standard deviation of what is left: a seed and a face together.</param>
/// <param name="Wild">How many times as much the seeds of the network that is tested vary.</param>
internal sealed record SimulatedStudy(int Seeds, int Faces, double BySeed, double ByFace, double ByBoth, double Wild = 1)
{
    /// <summary>Networks in a table, as in the paper's study: a baseline and twenty others.</summary>
    public const int Networks = 21;

    /// <summary>Simulates one study and judges the second network against the first.</summary>
    /// <param name="seed">Names the study.</param>
    public SimulatedOutcome Run(long seed)
    {
        var random = new SeededRandom((ulong)seed);
        var errors = Enumerable.Range(0, Networks).Select(network => Errors(network == 1 ? Wild : 1, random)).ToList();
        var family = SeedSpread.Pooled([.. errors.Select(SeedMeans)]);
        var pairs = errors.Skip(1).Select(network => PairedDifferences.Between(network, errors[0])).ToList();
        var spreads = pairs.Select(pair => SeedSpread.Cautious(SeedSpread.Of(pair), family)).ToList();
        var tests = pairs.Select((pair, i) => PairedTest.Of(pair, spreads[i]).PValue).ToList();
        return new SimulatedOutcome(
            PairedTest.Of(pairs[0]).PValue < PairedTest.Level,
            Holds(PairedBootstrap.Interval95(pairs[0], seed, 2000)),
            tests[0] < PairedTest.Level,
            Holds(PairedBootstrap.Interval95(pairs[0], seed, 2000, spreads[0])),
            HolmCorrection.Adjust(tests).Any(p => p < PairedTest.Level));
    }

    private static bool Holds(Interval interval) => interval.Low <= 0 && interval.High >= 0;

    private double[][] Errors(double wild, SeededRandom random)
    {
        var byFace = Enumerable.Range(0, Faces).Select(_ => ByFace * random.NextGaussian()).ToArray();
        return [.. Enumerable.Range(0, Seeds).Select(_ =>
        {
            var bySeed = wild * BySeed * random.NextGaussian();
            return byFace.Select(face => bySeed + face + (ByBoth * random.NextGaussian())).ToArray();
        })];
    }

    private static Dictionary<long, double> SeedMeans(double[][] network) =>
        network.Select((faces, seed) => ((long)seed, Mean: faces.Average())).ToDictionary(pair => pair.Item1, pair => pair.Mean);
}
