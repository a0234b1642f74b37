using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Sharing;

public sealed class MultiTaskNetworkTests
{
    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void The_papers_shape_gives_one_output_a_task(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build(name, TowerShape.Mtfl40);
        var outputs = network.call(rand(3, 1, 40, 40));
        Assert.Equal(network.Tasks.Select(task => new long[] { 3, task.Outputs }), outputs.Select(output => output.shape));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_parameter_receives_a_gradient(string name)
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build(name);
        DisturbWeights(network);
        var batch = new RandomData(8).GetBatch([0, 1, 2, 3, 4, 5, 6, 7], null);
        var outputs = network.call(batch.Input);
        var loss = network.Tasks.Select((task, t) => task.Loss(outputs[t], batch.Targets[task.Name])).Aggregate((sum, term) => sum + term);
        (network.Penalty() is { } penalty ? loss + penalty : loss).backward();

        foreach (var (parameterName, parameter) in network.named_parameters())
        {
            Assert.True(parameter.grad is not null && parameter.grad.abs().sum().item<float>() > 0, $"{name}: {parameterName} has no gradient");
        }

        var roles = Enum.GetValues<ParameterRole>().SelectMany(network.ParametersOf).Select(parameter => parameter.Handle);
        Assert.Equal(network.parameters().Select(parameter => parameter.Handle).Order(), roles.Order());
    }

    [Fact]
    public void With_identity_stitches_and_no_penalty_the_landmark_tower_is_the_single_network()
    {
        using var scope = NewDisposeScope();
        using var single = TestNetworks.Build("single", TowerShape.Mtfl40, seed: 5);
        using var stitched = TestNetworks.Build("related-cross-stitch", TowerShape.Mtfl40, seed: 5, new CrossStitchOptions(Same: 1, Other: 0), new WeightRelationOptions(Weight: 0));
        var input = rand(4, 1, 40, 40);
        Assert.True(single.call(input)[0].allclose(stitched.call(input)[0], rtol: 0, atol: 0));
    }

    [Fact]
    public void Related_towers_start_from_the_same_weights_and_others_do_not()
    {
        using var related = TestNetworks.Build("related");
        using var stitched = TestNetworks.Build("cross-stitch");
        Assert.True(related.Towers[0].Layers[0].Weight.allclose(related.Towers[1].Layers[0].Weight));
        Assert.False(stitched.Towers[0].Layers[0].Weight.allclose(stitched.Towers[1].Layers[0].Weight));
    }

    [Fact]
    public void More_than_two_groups_have_a_tower_each()
    {
        using var scope = NewDisposeScope();
        IReadOnlyList<TaskGroup> groups = [TestNetworks.Groups[0], new("pose", [TestNetworks.Auxiliary[0]]), new("smile", [TestNetworks.Auxiliary[1]])];
        using var network = new CrossStitchNetwork(TestNetworks.SmallShape, groups, new CrossStitchOptions(), 1, new WeightRelationOptions());
        Assert.Equal(3, network.call(rand(2, 1, 12, 12)).Length);
        Assert.Equal([3, 3], network.Relation!.Scale!.shape);
    }

    [Fact]
    public void A_seed_decides_the_first_weights()
    {
        using var one = TestNetworks.Build("split", seed: 1);
        using var again = TestNetworks.Build("split", seed: 1);
        using var two = TestNetworks.Build("split", seed: 2);
        Assert.True(one.parameters().Zip(again.parameters()).All(pair => pair.First.allclose(pair.Second, 0, 0)));
        Assert.False(one.Towers[0].Layers[0].Weight.allclose(two.Towers[0].Layers[0].Weight));
    }

    [Fact]
    public void What_cannot_be_built_says_why()
    {
        var noTask = Assert.Throws<CrossStitchException>(() => new SplitNetwork(TestNetworks.SmallShape, [], 1));
        Assert.Contains("at least one task", noTask.Message, StringComparison.Ordinal);
        var twice = Assert.Throws<CrossStitchException>(() => new SplitNetwork(TestNetworks.SmallShape, [TestNetworks.Main, TestNetworks.Main], 1));
        Assert.Contains("'landmarks'", twice.Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => new CrossStitchNetwork(TestNetworks.SmallShape, [TestNetworks.Groups[0]], new CrossStitchOptions(), 1));
        var layer = Assert.Throws<CrossStitchException>(() => TestNetworks.Build("related", relation: new WeightRelationOptions(Layers: ["conv9"])));
        Assert.Contains("conv9", layer.Message, StringComparison.Ordinal);
        Assert.Contains("pool1, conv2, fc", layer.Message, StringComparison.Ordinal);
    }

    private static void DisturbWeights(MultiTaskNetwork network)
    {
        using var _ = no_grad();
        foreach (var parameter in network.parameters())
        {
            parameter.add_(randn_like(parameter) * 0.02);
        }
    }
}
