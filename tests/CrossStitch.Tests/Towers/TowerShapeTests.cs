using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Tests.Towers;

public sealed class TowerShapeTests
{
    [Fact]
    public void The_papers_tower_has_the_papers_layers()
    {
        Assert.Equal([[16, 18, 18], [48, 8, 8], [64, 3, 3], [64, 2, 2], [100]], TestNetworks.PaperShape.StageOutputs().Select(shape => shape.ToArray()));
        var blocks = NetworkDescription.Single(TestNetworks.PaperShape, new RegressionTask("one", 1)).Blocks();
        Assert.Equal(
            [[16, 1, 5, 5], [48, 16, 3, 3], [64, 48, 3, 3], [64, 64, 2, 2], [100, 256]],
            blocks.Where(block => block.Name.StartsWith("tower", StringComparison.Ordinal) && block.Name.EndsWith("weight", StringComparison.Ordinal)).Select(block => block.Shape.ToArray()));

        // 5·5·16 + 16, 3·3·16·48 + 48, 3·3·48·64 + 64, 2·2·64·64 + 64, 256·100 + 100.
        Assert.Equal(416 + 6960 + 27712 + 16448 + 25700, blocks.Where(block => block.Name.StartsWith("tower0.", StringComparison.Ordinal)).Sum(block => block.Count));
    }

    [Fact]
    public void A_stage_of_ones_own_has_the_parameters_and_first_values_that_it_declares()
    {
        var shape = new TowerShape([1, 4, 4], [new ConvolutionStage("one", 2, 2, Pool: false), new ScaleStage("scale")]);
        var network = Network.Create(NetworkDescription.CrossStitch(shape, TestNetworks.Groups), seed: 1);
        Assert.Equal(
            [("tower0.one.weight", "weights"), ("tower0.one.bias", "weights"), ("tower0.scale.gain", "gains"), ("tower0.scale.mean", "statistics"), ("tower1.one.weight", "weights")],
            network.Parameters.Blocks.Take(5).Select(block => (block.Name, block.Role.Name)));
        Assert.NotEqual(network.Parameters["tower0.scale.gain"].ToArray(), network.Parameters["tower1.scale.gain"].ToArray());
        Assert.All(network.Parameters["tower1.scale.gain"].ToArray(), gain => Assert.InRange(gain, 1, 2));
        var tied = Network.Create(NetworkDescription.Related(shape, TestNetworks.Groups, new WeightRelationOptions(Layers: ["one"])), seed: 1);
        Assert.Equal(tied.Parameters["tower0.scale.gain"].ToArray(), tied.Parameters["tower1.scale.gain"].ToArray());
    }

    [Fact]
    public void A_relation_over_a_stage_without_weights_is_refused()
    {
        var shape = new TowerShape([1, 4, 4], [new ConvolutionStage("one", 2, 2, Pool: false), new ScaleStage("scale")]);
        var error = Assert.Throws<CrossStitchException>(() => Network.Create(NetworkDescription.Related(shape, TestNetworks.Groups), seed: 1));
        Assert.Contains("'scale'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'tower0.scale.weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_that_does_not_fit_is_named()
    {
        var shape = new TowerShape([1, 8, 8], [new ConvolutionStage("first", 8, 5, Pool: true), new ConvolutionStage("second", 8, 3, Pool: false)]);
        var error = Assert.Throws<CrossStitchException>(shape.StageOutputs);
        Assert.Contains("'second'", error.Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => new TowerShape([1, 8, 8], []).StageOutputs());
        Assert.Throws<CrossStitchException>(() => new TowerShape([1, 8, 8], [new DenseStage("a", 4), new DenseStage("a", 4)]).StageOutputs());
        Assert.Throws<CrossStitchException>(() => new TowerShape([1, 8, 8], [new DenseStage("a", 4), new ConvolutionStage("b", 4, 1, Pool: false)]).StageOutputs());
    }
}
