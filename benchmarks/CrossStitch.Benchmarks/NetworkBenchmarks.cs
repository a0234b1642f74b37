using BenchmarkDotNet.Attributes;
using CrossStitch.Benchmarks.Work;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Benchmarks;

/// <summary>Milliseconds of a batch of 128 faces: a step of training, and a pass forward, of every network.</summary>
[Config(typeof(ShortInProcess))]
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private BenchmarkFaces _faces = null!;
    private NetworkWork _work = null!;

    [ParamsAllValues]
    public NetworkKind Network { get; set; }

    /// <summary>Whether TorchSharp computes it; else the kernels do.</summary>
    [ParamsAllValues]
    public bool Torch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _faces = BenchmarkFaces.Drawn();
        _work = new NetworkWork(Network, Torch, Environment.ProcessorCount, _faces, BenchmarkFaces.Count);
    }

    [GlobalCleanup]
    public void Cleanup() => _work.Dispose();

    [Benchmark]
    public void TrainingStep() => _work.Train(() => true);

    [Benchmark]
    public void Forward() => _work.Forward(() => true);
}
