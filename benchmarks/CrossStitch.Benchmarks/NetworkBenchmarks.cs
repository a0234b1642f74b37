using BenchmarkDotNet.Attributes;
using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks;

/// <summary>Milliseconds of a batch of 128 faces: a step of training, and a pass forward, of every network.</summary>
[Config(typeof(ShortInProcess))]
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private BenchmarkFaces _faces = null!;
    private NetworkWork _work = null!;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    public static IReadOnlyList<string> Networks => NetworkWork.Names;

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
