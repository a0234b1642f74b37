using CrossStitch.Engines;

namespace CrossStitch.Tests.Engines;

public sealed class KernelStressTests
{
    [Fact]
    public void Everything_at_once_gives_what_it_gives_alone()
    {
        var rounds = new EngineStress((name, seed) => TestNetworks.Build(name, seed: seed), network => new KernelEngine(network)).Run(EngineStress.Duration);
        Assert.Equal(EngineStress.Works, rounds.Count);
    }
}
