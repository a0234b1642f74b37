using System.Text.Json;
using CrossStitch.Engines;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests.Relations;

public sealed class RelationPenaltyTests
{
    [Fact]
    public void A_penalty_of_ones_own_is_learned_with()
    {
        var relation = new WeightRelationOptions(new RootPenalty(), Weight: 0.3, Scale: 0.9, Shift: 0.02);
        var shape = new TowerShape([2, 7, 8], [new ConvolutionStage("pool1", 3, 3, Pool: true), new DenseStage("fc", 5)]);
        var network = TestNetworks.Disturbed(TestNetworks.Build("related", shape, relation: relation), size: 0.1);
        using var engine = new KernelEngine(network, threads: 2);
        FiniteDifferences.Check(engine, new RandomData(9).FirstOf(network.Description, 9));
        var losses = TestNetworks.Learn(engine, new RandomData(9).FirstOf(network.Description, 9));
        Assert.Equal(0.3 * RelationSummary.Of(network).Sum(layer => Math.Sqrt(1 + layer.SquaredDistance) - 1), losses.Penalty, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_penalty_that_throws_stops_training_with_its_message(int threads)
    {
        var network = TestNetworks.Build("related", relation: new WeightRelationOptions(new BrokenPenalty()));
        using var engine = new KernelEngine(network, threads);
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, new TrainingOptions { Epochs = 1, BatchSize = 4 }, seed: 1).Run(new RandomData(8)));
        Assert.Contains("'broken'", error.Message, StringComparison.Ordinal);
        Assert.Contains("out of tea", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_penalty_with_a_map_has_its_parameters()
    {
        Assert.Equal(["affine-exponential"], RelationPenalty.All.Where(penalty => penalty.HasMap).Select(penalty => penalty.Name));
        Assert.All(RelationPenalty.All.Append(new RootPenalty()), penalty => Assert.Equal(
            penalty.HasMap, TestNetworks.Build("related", relation: new WeightRelationOptions(penalty)).Parameters.Contains(ParameterNames.Scale)));
    }

    [Fact]
    public void In_JSON_a_penalty_is_its_name()
    {
        Assert.All(RelationPenalty.All, penalty =>
        {
            var json = JsonSerializer.Serialize(new WeightRelationOptions(penalty, Weight: 2), JsonSerializerOptions.Web);
            Assert.StartsWith($"{{\"penalty\":\"{penalty.Name}\",\"weight\":2,", json, StringComparison.Ordinal);
            Assert.Equal(new WeightRelationOptions(penalty, Weight: 2), JsonSerializer.Deserialize<WeightRelationOptions>(json, JsonSerializerOptions.Web));
        });
        Assert.Equal(RelationPenalty.AffineExponential, JsonSerializer.Deserialize<WeightRelationOptions>("{}", JsonSerializerOptions.Web)!.Penalty);
    }

    [Theory]
    [InlineData("\"exponental\"", "'exponental'", "Did you mean 'exponential'?")]
    [InlineData("3", "squared, exponential, affine-exponential")]
    public void In_JSON_any_other_name_is_refused(string json, params string[] words)
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WeightRelationOptions>($$"""{"penalty":{{json}}}""", JsonSerializerOptions.Web));
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    private sealed record BrokenPenalty() : RelationPenalty("broken")
    {
        public override double Penalize(double squaredDistance, out double slope) => throw new InvalidDataException("out of tea");
    }
}
