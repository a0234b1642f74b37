using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace CrossStitch.Benchmarks.Machines;

/// <summary>Measures what the cores can do at most: the roof under which every engine works.</summary>
public static class FmaPeak
{
    private const int StepsACall = 1 << 18;
    private const double Seconds = 0.025;
    private const int Rounds = 20;

    /// <summary>Bits of the widest vectors that are fast here.</summary>
    public static int WidestVector => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The best of some short rounds, for whatever else runs can only make them worse; for every width of vectors that is fast here and that kernels use.</summary>
    /// <param name="threads">With how many threads.</param>
    public static IReadOnlyList<PeakSpeed> Measure(int threads)
    {
        var speeds = new List<PeakSpeed>();
        if (Vector256.IsHardwareAccelerated)
        {
            speeds.Add(new(256, threads, Best(FmaKernel<Fma256, Vector256<float>>.Run, FmaKernel<Fma256, Vector256<float>>.OperationsAStep, threads)));
        }
        else
        {
            speeds.Add(new(128, threads, Best(FmaKernel<Fma128, Vector128<float>>.Run, FmaKernel<Fma128, Vector128<float>>.OperationsAStep, threads)));
        }

        if (Vector512.IsHardwareAccelerated)
        {
            speeds.Add(new(512, threads, Best(FmaKernel<Fma512, Vector512<float>>.Run, FmaKernel<Fma512, Vector512<float>>.OperationsAStep, threads)));
        }

        return speeds;
    }

    /// <summary>What the cores do at this moment, in the widest vectors that are fast here.</summary>
    /// <param name="threads">With how many threads.</param>
    /// <returns>GFLOP/s.</returns>
    public static double Now(int threads) => WidestVector switch
    {
        512 => Together(FmaKernel<Fma512, Vector512<float>>.Run, FmaKernel<Fma512, Vector512<float>>.OperationsAStep, threads),
        256 => Together(FmaKernel<Fma256, Vector256<float>>.Run, FmaKernel<Fma256, Vector256<float>>.OperationsAStep, threads),
        _ => Together(FmaKernel<Fma128, Vector128<float>>.Run, FmaKernel<Fma128, Vector128<float>>.OperationsAStep, threads),
    };

    private static double Best(Func<int, float, float> kernel, int operationsAStep, int threads) =>
        Enumerable.Range(0, Rounds).Max(_ => Together(kernel, operationsAStep, threads));

    /// <summary>All threads begin at once; their speeds add up.</summary>
    private static double Together(Func<int, float, float> kernel, int operationsAStep, int threads)
    {
        var speeds = new double[threads];
        using var start = new Barrier(threads);
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            var clock = Stopwatch.StartNew();
            var steps = 0L;
            for (; clock.Elapsed.TotalSeconds < Seconds; steps += StepsACall)
            {
                kernel(StepsACall, 0.5f);
            }

            speeds[number] = steps * operationsAStep / clock.Elapsed.TotalSeconds / 1e9;
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return speeds.Sum();
    }
}
