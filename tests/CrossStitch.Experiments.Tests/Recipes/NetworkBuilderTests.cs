using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class NetworkBuilderTests
{
    [Theory]
    [InlineData(NetworkKind.Single, "single", 1, 0, false)]
    [InlineData(NetworkKind.Split, "split", 1, 0, false)]
    [InlineData(NetworkKind.CrossStitch, "cross-stitch", 2, 5, false)]
    [InlineData(NetworkKind.Related, "related", 2, 0, true)]
    [InlineData(NetworkKind.RelatedCrossStitch, "related-cross-stitch", 2, 5, true)]
    public void Each_network_is_built_as_the_paper_has_it(NetworkKind kind, string name, int towers, int stitches, bool related)
    {
        using var network = NetworkBuilder.Build(new Recipe { Network = kind });
        Assert.Equal(name, NetworkBuilder.Name(kind));
        Assert.Equal(name, network.GetName());
        Assert.Equal(towers, network.Towers.Count);
        Assert.Equal(["pool1", "pool2", "pool3", "conv4", "fc"], network.Towers[0].Layers.Select(layer => layer.Stage.Name));
        Assert.Equal(stitches, network.Stitches.Count);
        Assert.Equal(related, network.Relation is not null);
        string[] tasks = kind == NetworkKind.Single ? ["landmarks"] : ["landmarks", "pose", "gender", "glasses", "smile"];
        Assert.Equal(tasks, network.Tasks.Select(task => task.Name));
        Assert.Equal(new[] { 10, 5, 2, 2, 2 }.Take(tasks.Length), network.Tasks.Select(task => task.Outputs));
        Assert.All(network.Stitches.Zip(new long[] { 16, 48, 64, 64, 100 }), pair => Assert.Equal([2, 2, pair.Second], pair.First.Alpha.shape));
    }

    [Fact]
    public void A_network_that_shares_needs_something_to_share_with()
    {
        var error = Assert.Throws<CrossStitchException>(() => NetworkBuilder.Build(new Recipe { Network = NetworkKind.Split, Auxiliary = [] }));
        Assert.Contains("split", error.Message, StringComparison.Ordinal);
    }
}
