using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CrossStitch.Benchmarks;

/// <summary>
/// Three iterations of each benchmark, in this process: a generated project would not find libtorch, and a network's
/// step takes milliseconds, far above what a process of its own would make surer.
/// </summary>
public sealed class ShortInProcess : ManualConfig
{
    public ShortInProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
}
