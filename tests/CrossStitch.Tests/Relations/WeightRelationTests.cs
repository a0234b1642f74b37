using CrossStitch.Engines;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;
using CsCheck;

namespace CrossStitch.Tests.Relations;

public sealed class WeightRelationTests
{
    [Fact]
    public void The_penalties_are_those_of_section_3_3()
    {
        Assert.Equal(0.5, RelationPenalty.Squared.Penalize(0.5, out var straight));
        Assert.Equal(1, straight);
        foreach (var penalty in new[] { RelationPenalty.Exponential, RelationPenalty.AffineExponential })
        {
            Assert.Equal(Math.Exp(0.5) - 1, penalty.Penalize(0.5, out var slope), 1e-12);
            Assert.Equal(Math.Exp(0.5), slope, 1e-12);
        }
    }

    [Fact]
    public void Equation_7_maps_the_first_towers_weights_by_a_and_b()
    {
        var network = TestNetworks.Build("related", relation: new WeightRelationOptions(Scale: 1.1, Shift: 0.01, Weight: 0.5));
        var expected = TestNetworks.SmallShape.Stages.Sum(stage =>
            Math.Exp(network.Parameters[$"tower0.{stage.Name}.weight"].ToArray().Sum(w => Math.Pow((1.1f * (double)w) + 0.01f - w, 2))) - 1);
        Assert.Equal(0.5 * expected, Learn(network, out _), 1e-4 * expected);
        Assert.All(RelationSummary.Of(network), layer => Assert.Equal((1.1f, 0.01f), (layer.Scale, layer.Shift)));
        Assert.Equal(expected, RelationSummary.Of(network).Sum(layer => Math.Exp(layer.SquaredDistance) - 1), 1e-4 * expected);
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("exponential")]
    [InlineData("affine-exponential")]
    public void Penalty_and_gradients_are_those_by_hand(string name)
    {
        var penalty = RelationPenalty.All.Single(one => one.Name == name);

        // d = a w₁ + b − w₂ with a 0.5 and b 0.1 where there is a map: (0.5 + 0.1 − 0.2, −1 + 0.1 + 0.7) = (0.4, −0.2); without: (0.8, −1.3).
        var (a, b) = penalty == RelationPenalty.AffineExponential ? (0.5, 0.1) : (1, 0);
        double[] w = [1, -2], d = [(a * 1) + b - 0.2, (a * -2) + b + 0.7];
        var squared = (d[0] * d[0]) + (d[1] * d[1]);
        var slope = 3 * (penalty == RelationPenalty.Squared ? 1 : Math.Exp(squared));
        var network = TwoWeights(penalty, weight: 3, (1, -2), (0.2f, -0.7f));

        var value = Learn(network, out var gradients);

        Assert.Equal(3 * (penalty == RelationPenalty.Squared ? squared : Math.Exp(squared) - 1), value, 1e-5 * slope);
        Near([2 * slope * a * d[0], 2 * slope * a * d[1]], gradients("tower0.one.weight"));
        Near([-2 * slope * d[0], -2 * slope * d[1]], gradients("tower1.one.weight"));
        if (penalty == RelationPenalty.AffineExponential)
        {
            Near([2 * slope * ((d[0] * w[0]) + (d[1] * w[1]))], gradients("relation.scale"));
            Near([2 * slope * (d[0] + d[1])], gradients("relation.shift"));
        }
    }

    [Fact]
    public void Beyond_the_limit_the_penalty_goes_on_along_its_tangent()
    {
        // ‖d‖² = 6² + 2² = 40.
        var network = TwoWeights(RelationPenalty.Exponential, weight: 1e-10, (7, 1), (1, -1));
        var slope = 1e-10 * Math.Exp(30);
        var value = Learn(network, out var gradients);
        Assert.Equal(1, value / ((slope * (1 + 10)) - 1e-10), 1e-6);
        Near([2 * slope * 6, 2 * slope * 2], gradients("tower0.one.weight"));
        Near([-2 * slope * 6, -2 * slope * 2], gradients("tower1.one.weight"));
    }

    [Fact]
    public void The_exponential_is_literal_up_to_its_limit_and_its_tangent_beyond()
    {
        Gen.OneOf(Gen.Double[0, 500], Gen.Const(RelationPenalty.ExponentLimit), Gen.Const(0.0)).Sample(s =>
        {
            var value = RelationPenalty.Exponential.Penalize(s, out var slope);
            var limit = RelationPenalty.ExponentLimit;
            var expected = s <= limit ? Math.Exp(s) - 1 : (Math.Exp(limit) * (1 + s - limit)) - 1;
            Assert.Equal(1, (value + 1) / (expected + 1), 1e-9);
            Assert.Equal(1, slope / Math.Exp(Math.Min(s, limit)), 1e-9);
        }, iter: 200);
    }

    [Fact]
    public void Only_the_named_layers_are_tied()
    {
        var network = TestNetworks.Build("related", relation: new WeightRelationOptions(Layers: ["fc"]));
        foreach (ref var weight in network.Parameters["tower1.pool1.weight"])
        {
            weight += 1;
        }

        Assert.Equal(0, Learn(network, out _));
        Assert.Equal([1, 1], network.Parameters.Blocks[network.Parameters.PlaceOf("relation.scale")].Shape);
        Assert.Equal("fc", Assert.Single(RelationSummary.Of(network)).Layer);
    }

    [Fact]
    public void Three_towers_are_tied_pair_by_pair()
    {
        IReadOnlyList<TaskGroup> groups = [.. new[] { "a", "b", "c" }.Select(name => new TaskGroup(name, [new RegressionTask(name, 1)]))];
        var shape = new TowerShape([1, 1, 1], [new DenseStage("one", 1)]);
        var network = Network.Create(NetworkDescription.Related(shape, groups, new WeightRelationOptions(RelationPenalty.Squared, Weight: 1)), seed: 1);
        foreach (var (tower, weight) in new[] { 1f, 3, 7 }.Index())
        {
            network.Parameters[$"tower{tower}.one.weight"][0] = weight;
        }

        // 2² + 6² + 4², and each tower's slope is twice the sum of its distances.
        Assert.Equal(4 + 36 + 16, Learn(network, out var gradients), 1e-5);
        Near([2 * (-2 - 6)], gradients("tower0.one.weight"));
        Near([2 * (2 - 4)], gradients("tower1.one.weight"));
        Near([2 * (6 + 4)], gradients("tower2.one.weight"));
        Assert.Equal([(0, 4.0), (1, 36), (2, 16)], RelationSummary.Of(network).Select(term => (term.Pair, term.SquaredDistance)));
    }

    [Theory]
    [InlineData("related")]
    [InlineData("related-cross-stitch")]
    public void Training_from_towers_far_apart_stays_finite(string name)
    {
        var network = TestNetworks.Build(name, relation: new WeightRelationOptions(Weight: 1));
        foreach (var stage in TestNetworks.SmallShape.Stages)
        {
            foreach (ref var weight in network.Parameters[$"tower1.{stage.Name}.weight"])
            {
                weight += 5;
            }
        }

        Assert.True(RelationSummary.Of(network)[0].SquaredDistance > 1000);
        using var engine = new KernelEngine(network);
        new Trainer(engine, new TrainingOptions { Epochs = 20, BatchSize = 8, LearningRate = 0.01 }, seed: 1).Run(new RandomData(16));
        Assert.True(TestNetworks.IsFinite(network));
    }

    private static void Near(double[] expected, float[] actual) =>
        Assert.Equal(expected, actual.Select(number => (double)number), (x, y) => Math.Abs(x - y) <= 1e-5 * (1 + Math.Abs(x)));

    /// <summary>The penalty, and the gradients of nothing else: no example has a label.</summary>
    private static double Learn(Network network, out Func<string, float[]> gradients)
    {
        var engine = new KernelEngine(network);
        var batch = new Batch(network.Description, 1) { Count = 1 };
        foreach (var task in network.Description.Tasks)
        {
            batch.Labels(task.Name).Fill(task is ClassificationTask ? ClassificationTask.Missing : float.NaN);
        }

        var losses = TestNetworks.Learn(engine, batch);
        gradients = name => engine.Gradients[name].ToArray();
        Assert.Equal(losses.Penalty, losses.Joint);
        engine.Dispose();
        return losses.Penalty;
    }

    private static Network TwoWeights(RelationPenalty penalty, double weight, (float, float) first, (float, float) second)
    {
        var shape = new TowerShape([2, 1, 1], [new DenseStage("one", 1)]);
        IReadOnlyList<TaskGroup> groups = [.. new[] { "a", "b" }.Select(name => new TaskGroup(name, [new RegressionTask(name, 1)]))];
        var network = Network.Create(NetworkDescription.Related(shape, groups, new WeightRelationOptions(penalty, weight, Scale: 0.5, Shift: 0.1)), seed: 1);
        ((float[])[first.Item1, first.Item2]).CopyTo(network.Parameters["tower0.one.weight"]);
        ((float[])[second.Item1, second.Item2]).CopyTo(network.Parameters["tower1.one.weight"]);
        return network;
    }
}
