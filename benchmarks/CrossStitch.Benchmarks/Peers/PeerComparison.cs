using CrossStitch.Experiments.Recipes;
using TorchSharp;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>
/// Faces a second here and in PyTorch: alternating rounds in one run, so that whatever else the machine does hits both,
/// and the median of the rounds.
/// </summary>
internal static class PeerComparison
{
    private const int BatchSize = 128;
    private const int Rounds = 5;
    private const double SecondsARound = 1;

    public static int Run(string[] args)
    {
        var threads = args is ["--threads", var given] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        torch.set_num_threads(threads);
        using var peer = PyTorchPeer.Start(threads);
        Console.WriteLine(peer is null ? "PyTorch is not installed (Debian: apt install python3-torch): left out." : $"PyTorch {peer.Version}, libtorch {torch.__version__}, {threads} threads, batches of {BatchSize} faces.");
        Console.WriteLine($"{"network",-22}{"job",-9}{"CrossStitch",14}{"PyTorch",14}{"ratio",8}");
        foreach (var kind in Enum.GetValues<NetworkKind>())
        {
            using var work = new NetworkWork(kind, BatchSize);
            foreach (var job in new[] { "train", "forward" })
            {
                double Ours(double seconds) => job == "train" ? work.Train(seconds) : work.Forward(seconds);
                Ours(SecondsARound);
                peer?.Measure(job, kind, BatchSize, SecondsARound);
                var (ours, theirs) = (new List<double>(), new List<double>());
                for (var round = 0; round < Rounds; round++)
                {
                    ours.Add(Ours(SecondsARound));
                    theirs.Add(peer?.Measure(job, kind, BatchSize, SecondsARound) ?? double.NaN);
                }

                Console.WriteLine(FormattableString.Invariant($"{NetworkBuilder.Name(kind),-22}{job,-9}{Median(ours),14:0}{Median(theirs),14:0}{Median(ours) / Median(theirs),8:0.00}"));
            }
        }

        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
