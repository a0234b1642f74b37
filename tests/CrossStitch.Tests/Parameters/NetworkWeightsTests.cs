using System.Runtime.InteropServices;
using CrossStitch.Parameters;
using CrossStitch.Sharing;

namespace CrossStitch.Tests.Parameters;

public sealed class NetworkWeightsTests
{
    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void What_is_saved_is_loaded(string name)
    {
        var saved = TestNetworks.Disturbed(TestNetworks.Build(name));
        var loaded = TestNetworks.Build(name, seed: 2);
        NetworkWeights.Load(loaded, NetworkWeights.Save(saved.Parameters));
        Assert.All(saved.Parameters.Blocks, block => Assert.Equal(saved.Parameters[block.Name].ToArray(), loaded.Parameters[block.Name].ToArray()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Weights_of_version_0_1_0_are_loaded(string name)
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build(name));
        var loaded = TestNetworks.Build(name, seed: 2);
        NetworkWeights.Load(loaded, OldBytes(network));
        Assert.Equal(NetworkWeights.Save(network.Parameters), NetworkWeights.Save(loaded.Parameters));
    }

    [Fact]
    public void Weights_of_another_network_are_refused_and_change_nothing()
    {
        foreach (var (from, to) in new[] { ("single", "cross-stitch"), ("cross-stitch", "single"), ("related", "cross-stitch"), ("split", "single") })
        {
            foreach (var bytes in new[] { NetworkWeights.Save(TestNetworks.Build(from).Parameters), OldBytes(TestNetworks.Build(from)) })
            {
                var network = TestNetworks.Build(to, seed: 2);
                var before = NetworkWeights.Save(network.Parameters);
                Assert.Contains("another network", Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(network, bytes)).Message, StringComparison.Ordinal);
                Assert.Equal(before, NetworkWeights.Save(network.Parameters));
            }
        }
    }

    [Fact]
    public void Weights_of_another_shape_or_with_a_block_twice_are_refused()
    {
        var channel = TestNetworks.Build("cross-stitch");
        var layer = TestNetworks.Build("cross-stitch", stitches: new CrossStitchOptions(PerChannel: false));
        var error = Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(layer, NetworkWeights.Save(channel.Parameters)));
        Assert.Contains("stitch.pool1.alpha [2x2x8]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2x2x1]", error.Message, StringComparison.Ordinal);
        var bytes = NetworkWeights.Save(channel.Parameters);
        Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(channel, [.. bytes, .. bytes]));
    }

    [Fact]
    public void Bytes_that_end_in_the_middle_are_refused()
    {
        var network = TestNetworks.Build("split");
        var bytes = NetworkWeights.Save(network.Parameters);
        Assert.All(new[] { 0, 1, 5, 30, 100, bytes.Length / 2, bytes.Length - 1 }, length =>
            Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(network, bytes[..length])));
        Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(network, [.. Enumerable.Repeat((byte)0xff, 100)]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused_with_their_block_and_change_nothing(float value)
    {
        var failed = TestNetworks.Build("split");
        failed.Parameters["tower0.fc.weight"][7] = value;
        var network = TestNetworks.Build("split", seed: 2);
        var before = NetworkWeights.Save(network.Parameters);
        var error = Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(network, NetworkWeights.Save(failed.Parameters)));
        Assert.Contains("tower0.fc.weight: number 7 is ", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, NetworkWeights.Save(network.Parameters));
    }

    [Fact]
    public void A_name_that_a_file_makes_up_is_shown_short_and_harmless()
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write("\u001b[31m\u202e\n" + new string('x', 900_000));
        writer.Write("1x1");
        writer.Flush();
        var error = Assert.Throws<CrossStitchException>(() => NetworkWeights.Load(TestNetworks.Build("split"), buffer.ToArray()));
        Assert.InRange(error.Message.Length, 0, 300);
        Assert.DoesNotContain(error.Message, letter => char.IsControl(letter) || letter == '\u202e');
    }

    /// <summary>A network's weights as version 0.1.0 saved them: the same numbers by the names of its modules, in its order.</summary>
    private static byte[] OldBytes(Network network)
    {
        var (stages, tasks) = (network.Description.Shape.Stages.Select(stage => stage.Name).ToList(), network.Description.Tasks.Select(task => task.Name).ToList());
        string OldName(string name)
        {
            var parts = name.Split('.');
            return parts[0] switch
            {
                "head" => $"_heads.{tasks.IndexOf(parts[1])}.{parts[2]}",
                "stitch" => $"_stitches.{stages.IndexOf(parts[1])}._alpha",
                "relation" => $"_relation._{parts[1]}",
                _ => $"_towers.{parts[0]["tower".Length..]}._layers.{stages.IndexOf(parts[1])}._{parts[2]}",
            };
        }

        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        foreach (var block in network.Parameters.Blocks.OrderBy(block => OldName(block.Name)[1]))
        {
            writer.Write(OldName(block.Name));
            writer.Write(string.Join('x', block.Shape));
            writer.Write(MemoryMarshal.AsBytes(network.Parameters[block.Name]));
        }

        writer.Flush();
        return buffer.ToArray();
    }
}
