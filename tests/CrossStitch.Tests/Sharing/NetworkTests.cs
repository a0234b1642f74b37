using System.Security.Cryptography;
using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;

namespace CrossStitch.Tests.Sharing;

public sealed class NetworkTests
{
    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void The_papers_shape_gives_one_output_a_task(string name)
    {
        var network = TestNetworks.Build(name, TestNetworks.PaperShape);
        var outputs = TestNetworks.Predict(network, TestNetworks.Noise(3 * 1600), 3);
        Assert.All(outputs.SelectMany(output => output), number => Assert.True(float.IsFinite(number)));
        Assert.All(outputs, output => Assert.True(output.Distinct().Count() > 1));
        Assert.Equal(name == "single" ? 1 : 3, outputs.Length);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_parameter_receives_a_gradient(string name)
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build(name));
        using var engine = new KernelEngine(network);
        TestNetworks.Learn(engine, new RandomData(8).FirstOf(network.Description, 8));
        Assert.All(engine.Gradients.Blocks, block => Assert.True(engine.Gradients[block.Name].ToArray().Any(number => number != 0), $"{name}: {block.Name} has no gradient"));
    }

    [Fact]
    public void Every_block_has_the_role_that_its_rate_goes_by()
    {
        var network = TestNetworks.Build("related-cross-stitch");
        Assert.Equal(
            [("head", "weights"), ("relation", "relation"), ("stitch", "stitches"), ("tower0", "weights"), ("tower1", "weights")],
            network.Parameters.Blocks.Select(block => (block.Name.Split('.')[0], block.Role.Name)).Distinct().Order());
        Assert.Equal(["weights"], network.Parameters.Blocks.Where(block => block.Role.Decays).Select(block => block.Role.Name).Distinct());
    }

    [Fact]
    public void With_identity_stitches_and_no_penalty_the_landmark_tower_is_the_single_network()
    {
        var single = TestNetworks.Build("single", TestNetworks.PaperShape, seed: 5);
        var stitched = TestNetworks.Build("related-cross-stitch", TestNetworks.PaperShape, seed: 5, new CrossStitchOptions(Same: 1, Other: 0), new WeightRelationOptions(Weight: 0));
        var input = TestNetworks.Noise(4 * 1600);
        Assert.Equal(TestNetworks.Predict(single, input, 4)[0], TestNetworks.Predict(stitched, input, 4)[0]);
    }

    [Fact]
    public void The_first_tower_and_head_begin_alike_in_all_networks()
    {
        var single = TestNetworks.Build("single", seed: 7);
        Assert.All(TestNetworks.Names.Select(row => row.Data), name =>
        {
            var network = TestNetworks.Build(name, seed: 7);
            Assert.All(single.Parameters.Blocks, block => Assert.Equal(single.Parameters[block.Name].ToArray(), network.Parameters[block.Name].ToArray()));
        });
    }

    [Fact]
    public void Tied_towers_begin_alike_and_others_do_not()
    {
        Assert.All(["related", "related-cross-stitch"], name =>
        {
            var related = TestNetworks.Build(name);
            Assert.All(TestNetworks.SmallShape.Stages, stage => Assert.Equal(related.Parameters[$"tower0.{stage.Name}.weight"].ToArray(), related.Parameters[$"tower1.{stage.Name}.weight"].ToArray()));
        });
        var stitched = TestNetworks.Build("cross-stitch");
        Assert.All(TestNetworks.SmallShape.Stages, stage => Assert.NotEqual(stitched.Parameters[$"tower0.{stage.Name}.weight"].ToArray(), stitched.Parameters[$"tower1.{stage.Name}.weight"].ToArray()));
    }

    [Fact]
    public void First_weights_spread_as_He_et_al_have_it_and_heads_begin_near_their_first_output()
    {
        var start = new RegressionTask("points", 2, Start: [0.25f, 0.75f]);
        var network = Network.Create(NetworkDescription.Single(TestNetworks.PaperShape, start), seed: 3);
        foreach (var (name, inputs, gain) in new[] { ("tower0.pool2", 144, 2.0), ("tower0.fc", 256, 2), ("head.points", 100, 0.01) })
        {
            var weights = network.Parameters[$"{name}.weight"].ToArray();
            Assert.Equal(1, weights.Average(weight => weight * weight) / (gain / inputs), name == "head.points" ? 0.25 : 0.05);
            Assert.All(weights, weight => Assert.InRange(Math.Abs(weight), 0, Math.Sqrt(3 * gain / inputs)));
        }

        Assert.Equal([0.25f, 0.75f], network.Parameters["head.points.bias"].ToArray());
        Assert.All(network.Parameters["tower0.pool2.bias"].ToArray(), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void More_than_two_groups_have_a_tower_each()
    {
        IReadOnlyList<TaskGroup> groups = [TestNetworks.Groups[0], new("pose", [TestNetworks.Auxiliary[0]]), new("smile", [TestNetworks.Auxiliary[1]])];
        var network = Network.Create(NetworkDescription.RelatedCrossStitch(TestNetworks.SmallShape, groups), seed: 1);
        Assert.Equal(3, TestNetworks.Predict(network, TestNetworks.Noise(2 * 144), 2).Length);
        Assert.Equal([3, 3], network.Parameters.Blocks[network.Parameters.PlaceOf("relation.scale")].Shape);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(network.Description.TowerOf));
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(TestNetworks.Describe("cross-stitch").TowerOf));
    }

    [Fact]
    public void A_seed_decides_the_first_weights()
    {
        Assert.Equal(NetworkWeights.Save(TestNetworks.Build("cross-stitch", seed: 1).Parameters), NetworkWeights.Save(TestNetworks.Build("cross-stitch", seed: 1).Parameters));
        var (one, two) = (TestNetworks.Build("split", seed: 1), TestNetworks.Build("split", seed: 2));
        Assert.All(one.Parameters.Blocks.Where(block => block.Name.EndsWith("weight", StringComparison.Ordinal)), block => Assert.NotEqual(one.Parameters[block.Name].ToArray(), two.Parameters[block.Name].ToArray()));
    }

    /// <summary>Recorded before stages filled their own parameters: recipes that name a seed repeat to the bit.</summary>
    [Theory]
    [InlineData("single", "e678528b2d7056f6c2f22b9cc7b65c83bd9e2cd1b937a789070cb2658b775e91")]
    [InlineData("split", "8e983d8e468cd7bedbc32f489ff0971b983c8c94674b805f8130970d26d54cbe")]
    [InlineData("cross-stitch", "2d17e443b5b3a4a1315afc43605e218cdd1a284b82b9d880afc07a5b5402f892")]
    [InlineData("related", "cdd97fbc9b4aefc9bd42fc388f713027b5f6d147e7199cc9f3d6d9a5a6502435")]
    [InlineData("related-cross-stitch", "3353d2caaeaec4247af0c17f496d57744c2130319fc144f278fbb458eaa732a8")]
    public void A_seed_gives_the_first_weights_that_it_always_gave(string name, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(NetworkWeights.Save(TestNetworks.Build(name, TestNetworks.PaperShape, seed: 7).Parameters))));

    [Fact]
    public void What_cannot_be_built_says_why()
    {
        var shape = TestNetworks.SmallShape;
        Refused(NetworkDescription.Split(shape, []), "at least one task");
        Refused(NetworkDescription.Split(shape, [TestNetworks.Main, TestNetworks.Main]), "'landmarks'");
        Refused(NetworkDescription.CrossStitch(shape, [TestNetworks.Groups[0]]), "at least two groups");
        Refused(NetworkDescription.Related(shape, [TestNetworks.Groups[0]]), "at least two groups");
        Refused(NetworkDescription.Single(shape, new RegressionTask("none", 0)), "'none'");
        Refused(NetworkDescription.Single(shape, new RegressionTask("points", 2, Start: [1])), "'points'");
        Refused(NetworkDescription.Single(shape, new ClassificationTask("pose", 3) { OutputNames = ["left", "right"] }), "'pose'", "2 names");
        Refused(TestNetworks.Describe("related", relation: new WeightRelationOptions(Layers: ["conv9"])), "conv9", "pool1, conv2, fc");
        Refused(TestNetworks.Describe("related", relation: new WeightRelationOptions(Weight: -1)), "λ_w");
        Refused(TestNetworks.Describe("related", relation: new WeightRelationOptions(Weight: double.NaN)), "λ_w");

        static void Refused(NetworkDescription description, params string[] words)
        {
            var error = Assert.Throws<CrossStitchException>(() => Network.Create(description, seed: 1));
            Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        }
    }
}
