using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Faces.Training.Tests.Recipes;

public sealed class FaceNetworksTests
{
    [Theory]
    [InlineData("single", 1, false, false)]
    [InlineData("split", 1, false, false)]
    [InlineData("cross-stitch", 2, true, false)]
    [InlineData("related", 2, false, true)]
    [InlineData("related-cross-stitch", 2, true, true)]
    public void Each_network_is_built_as_the_paper_has_it(string name, int towers, bool stitched, bool related)
    {
        var network = SmallRuns.Recipe(name).Build(SmallRuns.Catalog);
        var description = network.Description;
        Assert.Equal(name, description.Name);
        Assert.Equal(towers, description.Groups.Count);
        Assert.Equal(["pool1", "pool2", "pool3", "conv4", "fc"], description.Shape.Stages.Select(stage => stage.Name));
        Assert.Equal((stitched, related), (description.Stitches is not null, description.Relation is not null));
        string[] tasks = name == "single" ? ["landmarks"] : ["landmarks", "pose", "gender", "glasses", "smile"];
        Assert.Equal(tasks, description.Tasks.Select(task => task.Name));
        Assert.Equal(new[] { 10, 5, 2, 2, 2 }.Take(tasks.Length), description.Tasks.Select(task => task.Outputs));
        var units = network.Parameters.Blocks.Where(block => block.Name.StartsWith("stitch.", StringComparison.Ordinal)).Select(block => block.Shape);
        Assert.Equal(stitched ? [[2, 2, 16], [2, 2, 48], [2, 2, 64], [2, 2, 64], [2, 2, 100]] : Array.Empty<int[]>(), units);
    }

    [Fact]
    public void A_network_that_shares_needs_something_to_share_with()
    {
        var recipe = SmallRuns.Recipe();
        var error = Assert.Throws<CrossStitchException>(() => recipe.With(SmallRuns.Catalog.Networks["split"], []).Build(SmallRuns.Catalog));
        Assert.Contains("The split network shares what tasks learn, so it needs at least one auxiliary task: pose, gender, glasses, smile.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_the_program_lacks_is_named_before_anything_is_trained()
    {
        var recipe = SmallRuns.Recipe() with { Engine = "torch" };
        var error = Assert.Throws<CrossStitchException>(() => recipe.Validate(SmallRuns.Catalog));
        Assert.Contains("'torch' is not an engine; there are kernels.", error.Message, StringComparison.Ordinal);
    }
}
