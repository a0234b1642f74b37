using BenchmarkDotNet.Attributes;
using CrossStitch.Engines;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Benchmarks;

/// <summary>Milliseconds of a batch of 128 faces: a step of training, and a pass forward, of every network.</summary>
[Config(typeof(ShortInProcess))]
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private const int BatchSize = 128;

    private NetworkWork _work = null!;

    [ParamsAllValues]
    public NetworkKind Network { get; set; }

    [Params(EngineKind.Fused, EngineKind.Eager)]
    public EngineKind Engine { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _work = new NetworkWork(Network, Engine, Environment.ProcessorCount, BatchSize);
    }

    [GlobalCleanup]
    public void Cleanup() => _work.Dispose();

    [Benchmark]
    public double TrainingStep() => _work.Train(seconds: 0);

    [Benchmark]
    public double Forward() => _work.Forward(seconds: 0);
}
