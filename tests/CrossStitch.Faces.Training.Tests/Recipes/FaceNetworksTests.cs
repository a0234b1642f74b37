using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class NetworkBuilderTests
{
    [Theory]
    [InlineData(NetworkKind.Single, "single", 1, false, false)]
    [InlineData(NetworkKind.Split, "split", 1, false, false)]
    [InlineData(NetworkKind.CrossStitch, "cross-stitch", 2, true, false)]
    [InlineData(NetworkKind.Related, "related", 2, false, true)]
    [InlineData(NetworkKind.RelatedCrossStitch, "related-cross-stitch", 2, true, true)]
    public void Each_network_is_built_as_the_paper_has_it(NetworkKind kind, string name, int towers, bool stitched, bool related)
    {
        var network = NetworkBuilder.Build(new Recipe { Network = kind });
        var description = network.Description;
        Assert.Equal(name, NetworkBuilder.Name(kind));
        Assert.Equal(name, description.Name);
        Assert.Equal(towers, description.Groups.Count);
        Assert.Equal(["pool1", "pool2", "pool3", "conv4", "fc"], description.Shape.Stages.Select(stage => stage.Name));
        Assert.Equal((stitched, related), (description.Stitches is not null, description.Relation is not null));
        string[] tasks = kind == NetworkKind.Single ? ["landmarks"] : ["landmarks", "pose", "gender", "glasses", "smile"];
        Assert.Equal(tasks, description.Tasks.Select(task => task.Name));
        Assert.Equal(new[] { 10, 5, 2, 2, 2 }.Take(tasks.Length), description.Tasks.Select(task => task.Outputs));
        var units = network.Parameters.Blocks.Where(block => block.Name.StartsWith("stitch.", StringComparison.Ordinal)).Select(block => block.Shape);
        Assert.Equal(stitched ? [[2, 2, 16], [2, 2, 48], [2, 2, 64], [2, 2, 64], [2, 2, 100]] : Array.Empty<int[]>(), units);
    }

    [Fact]
    public void A_network_that_shares_needs_something_to_share_with()
    {
        var error = Assert.Throws<CrossStitchException>(() => NetworkBuilder.Build(new Recipe { Network = NetworkKind.Split, Auxiliary = [] }));
        Assert.Contains("split", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_the_program_lacks_is_named_before_anything_is_trained()
    {
        var recipe = new Recipe { Engine = EngineKind.Eager };
        var error = Assert.Throws<CrossStitchException>(() => NetworkBuilder.Engine(recipe, NetworkBuilder.Build(recipe)));
        Assert.Contains("'eager'", error.Message, StringComparison.Ordinal);
    }
}
