using CrossStitch.Engines;
using CrossStitch.Experiments.Recipes;
using TorchSharp;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>
/// Faces a second on our two engines and in PyTorch: alternating rounds in one run, so that whatever else the machine
/// does hits all, and the median of the rounds.
/// </summary>
internal static class PeerComparison
{
    private const int BatchSize = 128;
    private const int Rounds = 5;
    private const double SecondsARound = 1;

    public static int Run(string[] args)
    {
        var threads = args is ["--threads", var given] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        using var peer = PyTorchPeer.Start(threads);
        Console.WriteLine(peer is null ? "PyTorch is not installed (Debian: apt install python3-torch): left out." : $"PyTorch {peer.Version}, libtorch {torch.__version__}, {threads} threads, batches of {BatchSize} faces; faces a second.");
        Console.WriteLine($"{"network",-22}{"job",-9}{"fused",9}{"eager",9}{"PyTorch",9}{"fused/eager",13}{"fused/PyTorch",15}");
        foreach (var kind in Enum.GetValues<NetworkKind>())
        {
            using var fused = new NetworkWork(kind, EngineKind.Fused, threads, BatchSize);
            using var eager = new NetworkWork(kind, EngineKind.Eager, threads, BatchSize);
            foreach (var job in new[] { "train", "forward" })
            {
                Func<double>[] workers =
                [
                    () => job == "train" ? fused.Train(SecondsARound) : fused.Forward(SecondsARound),
                    () => job == "train" ? eager.Train(SecondsARound) : eager.Forward(SecondsARound),
                    () => peer?.Measure(job, kind, BatchSize, SecondsARound) ?? double.NaN,
                ];
                foreach (var warm in workers)
                {
                    warm();
                }

                var rounds = Enumerable.Range(0, Rounds).Select(_ => workers.Select(work => work()).ToArray()).ToList();
                var median = workers.Select((_, i) => rounds.Select(round => round[i]).Order().ElementAt(Rounds / 2)).ToArray();
                Console.WriteLine(FormattableString.Invariant(
                    $"{NetworkBuilder.Name(kind),-22}{job,-9}{median[0],9:0}{median[1],9:0}{median[2],9:0}{median[0] / median[1],13:0.00}{median[0] / median[2],15:0.00}"));
            }
        }

        return 0;
    }
}
