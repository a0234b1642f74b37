using BenchmarkDotNet.Running;
using CrossStitch.Benchmarks;
using CrossStitch.Benchmarks.Peers;

// peers: the same work here and in other libraries, alternating in one run; anything else: BenchmarkDotNet's own options.
if (args is ["peers", ..])
{
    return PeersCommand.Run(args);
}

BenchmarkSwitcher.FromTypes([typeof(NetworkBenchmarks)]).Run(args);
return 0;
