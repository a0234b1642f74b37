using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Training;
using CsCheck;
using TorchSharp;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Relations;

public sealed class WeightRelationTests
{
    [Fact]
    public void The_penalties_are_those_of_section_3_3()
    {
        using var scope = NewDisposeScope();
        using var squared = tensor(0.5f);
        Assert.Equal(0.5, WeightRelation.Penalize(RelationPenalty.Squared, squared).item<float>(), 6);
        Assert.Equal(Math.Exp(0.5) - 1, WeightRelation.Penalize(RelationPenalty.Exponential, squared).item<float>(), 6);
        Assert.Equal(Math.Exp(0.5) - 1, WeightRelation.Penalize(RelationPenalty.AffineExponential, squared).item<float>(), 6);
    }

    [Fact]
    public void Equation_7_maps_the_first_towers_weights_by_a_and_b()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("related", relation: new WeightRelationOptions(Scale: 1.1, Shift: 0.01, Weight: 0.5));
        var expected = 0.0;
        for (var layer = 0; layer < 3; layer++)
        {
            var w = network.Towers[0].Layers[layer].Weight.data<float>().Select(v => (double)v);
            expected += Math.Exp(w.Sum(v => Math.Pow((1.1 * v) + 0.01 - v, 2))) - 1;
        }

        Assert.Equal(0.5 * expected, network.Penalty()!.item<float>(), 4);
    }

    [Fact]
    public void Only_the_named_layers_are_tied()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("related", relation: new WeightRelationOptions(Layers: ["fc"]));
        using (no_grad())
        {
            network.Towers[1].Layers[0].Weight.add_(1);
        }

        Assert.Equal(0, network.Penalty()!.item<float>());
        Assert.Equal([1, 1], network.Relation!.Scale!.shape);
    }

    [Theory]
    [InlineData(RelationPenalty.Squared)]
    [InlineData(RelationPenalty.Exponential)]
    [InlineData(RelationPenalty.AffineExponential)]
    public void Gradients_match_finite_differences(RelationPenalty penalty)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("related", relation: new WeightRelationOptions(penalty, Scale: 0.9, Shift: 0.02, Weight: 1));
        using (no_grad())
        {
            network.Towers[1].Layers[0].Weight.add_(randn(network.Towers[1].Layers[0].Weight.shape, generator: new Generator(3)) * 0.1);
        }

        network.to(ScalarType.Float64);
        network.Penalty()!.backward();
        var checkedParameters = network.Towers.Select(tower => tower.Layers[0].Weight).Append(network.Relation!.Scale).Append(network.Relation.Shift).OfType<Tensor>();
        foreach (var parameter in checkedParameters)
        {
            var analytic = parameter.grad!.flatten()[0].item<double>();
            Assert.Equal(analytic, FiniteDifference(network, parameter), 1e-6 * Math.Max(1, Math.Abs(analytic)));
        }
    }

    [Fact]
    public void The_exponential_is_literal_up_to_its_limit_and_its_tangent_beyond()
    {
        Gen.OneOf(Gen.Double[0, 500], Gen.Const(WeightRelation.ExponentLimit), Gen.Const(0.0)).Sample(s =>
        {
            using var scope = NewDisposeScope();
            var x = tensor(s, requires_grad: true);
            var value = WeightRelation.Penalize(RelationPenalty.Exponential, x);
            value.backward();
            var limit = WeightRelation.ExponentLimit;
            var expected = s <= limit ? Math.Exp(s) - 1 : (Math.Exp(limit) * (1 + s - limit)) - 1;
            var slope = Math.Exp(Math.Min(s, limit));
            Assert.Equal(1, (value.item<double>() + 1) / (expected + 1), 1e-9);
            Assert.Equal(1, x.grad!.item<double>() / slope, 1e-9);
        }, iter: 200);
    }

    [Theory]
    [InlineData("related")]
    [InlineData("related-cross-stitch")]
    public void Training_from_towers_far_apart_stays_finite(string name)
    {
        using var network = TestNetworks.Build(name, relation: new WeightRelationOptions(Weight: 1));
        using (no_grad())
        {
            foreach (var layer in network.Towers[1].Layers)
            {
                layer.Weight.add_(5);
            }
        }

        using (NewDisposeScope())
        {
            Assert.True(network.Relation!.SquaredDistance(network.Towers, 0, 0).item<float>() > 1000);
        }

        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 20, BatchSize = 8, LearningRate = 0.01 }, seed: 1);
        trainer.Run(new RandomData(16));
        Assert.All(network.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    private static double FiniteDifference(MultiTaskNetwork network, Tensor parameter)
    {
        const double H = 1e-5;
        using var _ = no_grad();
        double At(double step)
        {
            var first = parameter.view(-1)[0];
            first.add_(step);
            var value = network.Penalty()!.item<double>();
            first.sub_(step);
            return value;
        }

        return (At(H) - At(-H)) / (2 * H);
    }
}
