using CrossStitch.Engines;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests.Sharing;

/// <summary>
/// Cross-stitch units between towers that hand their input on: one dense stage, the identity, so that what a head sees is
/// what the unit made of x_A = 2 x and x_B = 5 x.
/// </summary>
public sealed class CrossStitchTests
{
    [Fact]
    public void It_mixes_two_activations_by_equation_3()
    {
        var network = TwoTowers(features: 2, new CrossStitchOptions());
        SetAlpha(network, [0.9f, 0.5f], [0.1f, 0.2f], [0.3f, 1], [0.7f, 2]);

        // x_A = (2, 4) and x_B = (5, 10). Feature 0: 0.9·2 + 0.1·5 and 0.3·2 + 0.7·5; feature 1: 0.5·4 + 0.2·10 and 4 + 2·10.
        var outputs = TestNetworks.Predict(network, [1, 2], 1);
        Assert.Equal([2.3f, 4], outputs[0], Near);
        Assert.Equal([4.1f, 24], outputs[1], Near);
    }

    [Fact]
    public void Gradients_flow_back_through_the_transpose_by_equation_4()
    {
        var network = TwoTowers(features: 1, new CrossStitchOptions());
        SetAlpha(network, [0.9f], [0.1f], [0.3f], [0.7f]);
        using var engine = new KernelEngine(network);
        var batch = new Batch(network.Description, 1) { Count = 1 };
        batch.Input[0] = 1;

        // The loss is (x̃ − y)² on both towers; x̃ = (2.3, 4.1), and these labels make dL/dx̃ = (1, 10).
        batch.Labels("a")[0] = 2.3f - 0.5f;
        batch.Labels("b")[0] = 4.1f - 5;
        TestNetworks.Learn(engine, batch);

        // dL/dα_ij = dL/dx̃_i · x_j, and dL/dx_A = α_AA + 10 α_BA, dL/dx_B = α_AB + 10 α_BB, which the biases take as they are.
        Assert.Equal([2, 5, 20, 50], engine.Gradients["stitch.one.alpha"].ToArray(), Near);
        Assert.Equal([3.9f], engine.Gradients["tower0.one.bias"].ToArray(), Near);
        Assert.Equal([7.1f], engine.Gradients["tower1.one.bias"].ToArray(), Near);
    }

    [Fact]
    public void It_mixes_channels_of_pictures_with_a_matrix_each()
    {
        var shape = new TowerShape([2, 1, 2], [new ConvolutionStage("one", 2, 1, Pool: false)]);
        var network = Network.Create(NetworkDescription.CrossStitch(shape, [Group("a", 4), Group("b", 4)]), seed: 1);
        foreach (var (tower, factor) in new[] { (0, 1f), (1, 10f) })
        {
            ((float[])[factor, 0, 0, factor]).CopyTo(network.Parameters[$"tower{tower}.one.weight"]);
        }

        LetHeadsShowFeatures(network);
        SetAlpha(network, [0.9f, 0.5f], [0.1f, 0.2f], [0.3f, 1], [0.7f, 2]);

        // Channel 0: 0.9·x_A + 0.1·x_B and 0.3·x_A + 0.7·x_B; channel 1: 0.5·x_A + 0.2·x_B and x_A + 2·x_B.
        var outputs = TestNetworks.Predict(network, [1, 2, 3, 4], 1);
        Assert.Equal([1.9f, 3.8f, 7.5f, 10], outputs[0], Near);
        Assert.Equal([7.3f, 14.6f, 63, 84], outputs[1], Near);
    }

    [Fact]
    public void A_unit_a_channel_and_a_unit_a_layer_start_alike()
    {
        var channel = TestNetworks.Build("cross-stitch");
        var layer = TestNetworks.Build("cross-stitch", stitches: new CrossStitchOptions(PerChannel: false));
        Assert.Equal([2, 2, 8], channel.Parameters.Blocks[channel.Parameters.PlaceOf("stitch.pool1.alpha")].Shape);
        Assert.Equal([2, 2, 1], layer.Parameters.Blocks[layer.Parameters.PlaceOf("stitch.pool1.alpha")].Shape);
        Assert.Equal([.. Enumerable.Repeat(0.9f, 8), .. Enumerable.Repeat(0.1f, 16), .. Enumerable.Repeat(0.9f, 8)], channel.Parameters["stitch.pool1.alpha"].ToArray());
        Assert.Equal([0.9f, 0.1f, 0.1f, 0.9f], layer.Parameters["stitch.pool1.alpha"].ToArray());
        var pictures = TestNetworks.Noise(3 * 144);
        Assert.All(
            TestNetworks.Predict(channel, pictures, 3).Zip(TestNetworks.Predict(layer, pictures, 3)),
            pair => Assert.Equal(pair.First, pair.Second, Near));
    }

    [Fact]
    public void It_mixes_any_number_of_towers()
    {
        var shape = new TowerShape([1, 1, 1], [new DenseStage("one", 1)]);
        var network = Network.Create(
            NetworkDescription.CrossStitch(shape, [Group("a", 1), Group("b", 1), Group("c", 1)], new CrossStitchOptions(Same: 0.8, Other: 0.1)), seed: 1);
        foreach (var (tower, factor) in new[] { 2f, 5, 7 }.Index())
        {
            network.Parameters[$"tower{tower}.one.weight"][0] = factor;
        }

        LetHeadsShowFeatures(network);
        var outputs = TestNetworks.Predict(network, [1], 1);
        Assert.Equal([(0.8f * 2) + 0.5f + 0.7f, 0.2f + (0.8f * 5) + 0.7f, 0.2f + 0.5f + (0.8f * 7)], outputs.Select(output => output[0]), Near);
    }

    [Fact]
    public void A_summary_says_what_each_tower_takes_of_the_others()
    {
        var network = TwoTowers(features: 2, new CrossStitchOptions());
        SetAlpha(network, [0.9f, 0.5f], [0.1f, 0.2f], [0.3f, -1f], [0.7f, 2f]);
        var unit = Assert.Single(StitchSummary.Of(network));
        Assert.Equal("one", unit.Layer);
        Assert.Equal([0.7, 0.15, -0.35, 1.35], unit.Mean.SelectMany(row => row), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal((-1, 2), (unit.Lowest, unit.Highest));
        Assert.Empty(StitchSummary.Of(TestNetworks.Build("related")));
    }

    private static bool Near(float x, float y) => Math.Abs(x - y) < 1e-5 * (1 + Math.Abs(y));

    private static TaskGroup Group(string name, int outputs) => new(name, [new RegressionTask(name, outputs)]);

    private static Network TwoTowers(int features, CrossStitchOptions stitches)
    {
        var shape = new TowerShape([features, 1, 1], [new DenseStage("one", features)]);
        var network = Network.Create(NetworkDescription.CrossStitch(shape, [Group("a", features), Group("b", features)], stitches), seed: 1);
        foreach (var (tower, factor) in new[] { (0, 2f), (1, 5f) })
        {
            var weights = network.Parameters[$"tower{tower}.one.weight"];
            weights.Clear();
            for (var i = 0; i < features; i++)
            {
                weights[i * (features + 1)] = factor;
            }
        }

        LetHeadsShowFeatures(network);
        return network;
    }

    private static void LetHeadsShowFeatures(Network network)
    {
        foreach (var task in network.Description.Tasks)
        {
            var weights = network.Parameters[$"head.{task.Name}.weight"];
            weights.Clear();
            for (var i = 0; i < task.Outputs; i++)
            {
                weights[i * (task.Outputs + 1)] = 1;
            }
        }
    }

    private static void SetAlpha(Network network, params float[][] rows) => rows.SelectMany(row => row).ToArray().CopyTo(network.Parameters["stitch.one.alpha"]);
}
