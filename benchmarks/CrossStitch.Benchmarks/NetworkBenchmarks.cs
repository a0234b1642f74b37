using BenchmarkDotNet.Attributes;
using CrossStitch.Experiments.Recipes;
using TorchSharp;

namespace CrossStitch.Benchmarks;

/// <summary>Milliseconds of a batch of 128 faces: a step of training, and a pass forward, of every network.</summary>
[InProcess]
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private const int BatchSize = 128;

    private NetworkWork _work = null!;

    [ParamsAllValues]
    public NetworkKind Network { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(Environment.ProcessorCount);
        _work = new NetworkWork(Network, BatchSize);
    }

    [GlobalCleanup]
    public void Cleanup() => _work.Dispose();

    [Benchmark]
    public double TrainingStep() => _work.Train(seconds: 0);

    [Benchmark]
    public void Forward() => _work.Forward();
}
