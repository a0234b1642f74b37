using BenchmarkDotNet.Running;
using CrossStitch.Benchmarks;
using CrossStitch.Benchmarks.Clusters;
using CrossStitch.Benchmarks.Finders;
using CrossStitch.Benchmarks.Peers;
using CrossStitch.Benchmarks.Servers;
using CrossStitch.Benchmarks.Simulations;
using CrossStitch.Benchmarks.Varying;

// peers: the same work here and in other libraries, alternating in one run; finders: ours and others on the same pictures; server: photos over HTTP; simulate: how often a study's statistics err; cluster: a study on a cluster, simulated; varying: what varying the faces takes of a training step; anything else: BenchmarkDotNet's own options.
if (args is ["peers", ..])
{
    return PeersCommand.Run(args);
}

if (args is ["finders", ..])
{
    return FindersCommand.Run(args);
}

if (args is ["server", ..])
{
    return ServerCommand.Run(args);
}

if (args is ["simulate", ..])
{
    return SimulateCommand.Run(args);
}

if (args is ["cluster", ..])
{
    return ClusterCommand.Run(args);
}

if (args is ["varying"])
{
    return VaryingCommand.Run();
}

BenchmarkSwitcher.FromTypes([typeof(NetworkBenchmarks)]).Run(args);
return 0;
