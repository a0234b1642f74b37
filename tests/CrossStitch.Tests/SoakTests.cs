using System.Diagnostics;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Optimizers;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>What goes on and on takes no more memory than it did in the beginning.</summary>
public sealed class SoakTests : IDisposable
{
    private const int Rounds = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-soak-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Four_thousand_steps_a_thousand_runners_and_ten_thousand_loads_leave_memory_flat()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1", "takes some minutes; set CROSSSTITCH_SLOW_TESTS=1 to run it");
        var (model, checkpoint) = (Path.Combine(_folder, "model.xstitch"), Path.Combine(_folder, "last.ckpt"));
        var network = TestNetworks.Build("related-cross-stitch", TestNetworks.PaperShape);
        using var engine = new KernelEngine(network, threads: 2);
        var trainer = new Trainer(engine, new TrainingOptions { AverageDecay = 0.9 }, seed: 1);
        var optimizer = Optimizer.Create(new TrainingOptions(), engine);
        var (batch, losses) = (new RandomData(8, side: 40).FirstOf(network.Description, 8), new StepLosses(3));
        var (workingSet, managed) = (new List<long>(), new List<long>());
        ModelExport.Save(network, model);
        trainer.Capture().Save(checkpoint);
        for (var round = 0; round < Rounds; round++)
        {
            for (var step = 0; step < 4000 / Rounds; step++)
            {
                engine.Learn(batch, losses);
                optimizer.Step(1e-4);
            }

            for (var runner = 0; runner < 1000 / Rounds; runner++)
            {
                // Forgotten: the collector has to find it.
                new NetworkRunner(ModelFile.Load(model), threads: 1 + (runner % 2)).Run(batch.Input, batch.Count);
            }

            for (var load = 0; load < 10_000 / Rounds; load += 2)
            {
                ModelFile.Load(model);
                trainer.Restore(Checkpoint.Load(checkpoint));
            }

            var (bytes, ofThem) = Measure();
            workingSet.Add(bytes);
            managed.Add(ofThem);
        }

        AssertFlat(workingSet, "the process's memory");
        AssertFlat(managed, "managed memory");
    }

    /// <summary>The middle of the last quarter is at most a twentieth above that of the second.</summary>
    private static void AssertFlat(List<long> bytes, string what)
    {
        var quarter = bytes.Count / 4;
        var (second, last) = (bytes.Skip(quarter).Take(quarter).Order().ElementAt(quarter / 2), bytes.TakeLast(quarter).Order().ElementAt(quarter / 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}, MB: {string.Join(" ", bytes.Select(number => number >> 20))}");
        Assert.True(last <= 1.05 * second, $"{what} grew from {second} to {last} bytes: {string.Join(" ", bytes)}");
    }

    private static (long WorkingSet, long Managed) Measure()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return (process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true));
    }
}
