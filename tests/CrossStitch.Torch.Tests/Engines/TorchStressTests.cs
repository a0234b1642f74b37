using CrossStitch.Sharing;
using CrossStitch.Tests;
using CrossStitch.Torch.Engines;
using CrossStitch.Torch.Tests.Towers;
using CrossStitch.Towers;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Engines;

/// <summary>Tensors, modules and whole engines stay whole while libtorch reads them.</summary>
[SoundLibtorch]
public sealed class TorchStressTests
{
    private static readonly TowerShape Modules = new([1, 12, 12], [new ResidualStage("stem", 4, Stride: 2), new ConvolutionStage("conv", 4, 2, Pool: false), new DenseStage("fc", 8)]);

    [Fact]
    public void Everything_at_once_gives_what_it_gives_alone() => Stress((name, seed) => TestNetworks.Build(name, seed: seed), flat: true);

    /// <summary>Memory is not watched: TorchSharp 0.107 forgets to free 0.7 KB of every convolution and linear module, disposed of or not.</summary>
    [Fact]
    public void So_do_networks_with_modules() => Stress((name, seed) => TestNetworks.Build(name, name is "single" or "cross-stitch" ? Modules : null, seed), flat: false);

    [Fact]
    public void One_engine_serves_threads_until_it_is_disposed_of()
    {
        var network = TestNetworks.Build("cross-stitch", Modules);
        var input = TestNetworks.Noise(3 * 144);
        for (var round = 0; round < 20; round++)
        {
            var engine = new TorchEngine(network);
            var expected = TestNetworks.Predict(engine, input, 3);
            using var begun = new CountdownEvent(3);
            var ends = new string?[3];
            Thread[] threads = [.. ends.Select((_, i) => new Thread(() => ends[i] = Use(engine, input, expected, begun)))];
            Array.ForEach(threads, thread => thread.Start());
            begun.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            engine.Dispose();
            Array.ForEach(threads, thread => thread.Join());
            Assert.All(ends, end => Assert.Equal("disposed", end));
        }
    }

    [Fact]
    public void The_memory_of_forgotten_engines_comes_back()
    {
        // 4 MB a module: 60 of them would show.
        var network = TestNetworks.Build("single", new TowerShape([1, 12, 12], [new GivenStage("wide", input => nn.Sequential(nn.Flatten(), nn.Linear(144, 7000)), _ => [7000])]));
        Forget(5);
        var before = Resident();
        Forget(60);
        Assert.InRange(Resident() - before, long.MinValue, 100 << 20);

        void Forget(int engines)
        {
            for (var i = 0; i < engines; i++)
            {
                TestNetworks.Predict(new TorchEngine(network), TestNetworks.Noise(144), 1);
            }
        }
    }

    private static void Stress(Func<string, long, Network> build, bool flat) =>
        Assert.Equal(EngineStress.Works, new EngineStress(build, network => new TorchEngine(network)).Run(EngineStress.Duration, flat).Count);

    /// <summary>How a thread that predicts until it cannot ends: what is not a clean end is another text.</summary>
    private static string Use(TorchEngine engine, float[] input, float[][] expected, CountdownEvent begun)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var outputs = TestNetworks.Predict(engine, input, 3);
                if (!outputs.Zip(expected).All(pair => pair.First.SequenceEqual(pair.Second)))
                {
                    return "other predictions than alone";
                }

                if (i == 0)
                {
                    begun.Signal();
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return "disposed";
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }

    /// <summary>The memory of this process when all that is garbage has gone.</summary>
    private static long Resident()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Environment.WorkingSet;
    }
}
