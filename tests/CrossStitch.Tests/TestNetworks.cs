using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>The five networks of the paper, small or whole, for tests that hold for all of them.</summary>
internal static class TestNetworks
{
    public static readonly TowerShape SmallShape = new(
        [1, 12, 12],
        [new ConvolutionStage("pool1", 8, 3, Pool: true), new ConvolutionStage("conv2", 8, 2, Pool: false), new DenseStage("fc", 32)]);

    /// <summary>The paper's tower (section 5).</summary>
    public static readonly TowerShape PaperShape = new(
        [1, 40, 40],
        [
            new ConvolutionStage("pool1", 16, 5, Pool: true),
            new ConvolutionStage("pool2", 48, 3, Pool: true),
            new ConvolutionStage("pool3", 64, 3, Pool: true),
            new ConvolutionStage("conv4", 64, 2, Pool: false),
            new DenseStage("fc", 100),
        ]);

    public static readonly LearningTask Main = new RegressionTask("landmarks", 10);

    public static readonly IReadOnlyList<LearningTask> Auxiliary =
        [new ClassificationTask("pose", 5, 0.5), new ClassificationTask("smile", 2, 0.5)];

    public static readonly IReadOnlyList<TaskGroup> Groups = [new("landmarks", [Main]), new("auxiliary", Auxiliary)];

    public static TheoryData<string> Names => ["single", "split", "cross-stitch", "related", "related-cross-stitch"];

    public static NetworkDescription Describe(string name, TowerShape? shape = null, TowerMixing? stitches = null, WeightRelationOptions? relation = null) => name switch
    {
        "single" => NetworkDescription.Single(shape ?? SmallShape, Main),
        "split" => NetworkDescription.Split(shape ?? SmallShape, [Main, .. Auxiliary]),
        "cross-stitch" => NetworkDescription.CrossStitch(shape ?? SmallShape, Groups, stitches),
        "related" => NetworkDescription.Related(shape ?? SmallShape, Groups, relation),
        "related-cross-stitch" => NetworkDescription.RelatedCrossStitch(shape ?? SmallShape, Groups, stitches, relation),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static Network Build(string name, TowerShape? shape = null, long seed = 1, TowerMixing? stitches = null, WeightRelationOptions? relation = null) =>
        Network.Create(Describe(name, shape, stitches, relation), seed);

    /// <summary>
    /// The network with noise on every parameter: first biases are zeros, first stitches all alike and tied towers equal,
    /// and a mistake with them would not show.
    /// </summary>
    public static Network Disturbed(Network network, double size = 0.02, ulong seed = 3)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < network.Parameters.Blocks.Count; i++)
        {
            foreach (ref var number in network.Parameters.Numbers(i))
            {
                number += (float)(size * random.NextGaussian());
            }
        }

        return network;
    }

    public static float[] Noise(int count, ulong seed = 7)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }

    /// <summary>What an engine predicts: [examples, outputs] a task.</summary>
    public static float[][] Predict(NetworkEngine engine, float[] input, int examples)
    {
        float[][] outputs = [.. engine.Network.Description.Tasks.Select(task => new float[examples * task.Outputs])];
        engine.Predict(input, examples, [.. outputs.Select(output => output.AsMemory())]);
        return outputs;
    }

    /// <summary>What the kernels predict.</summary>
    public static float[][] Predict(Network network, float[] input, int examples)
    {
        using var engine = new KernelEngine(network);
        return Predict(engine, input, examples);
    }

    /// <summary>The losses of a batch, with the tasks' own weights.</summary>
    public static StepLosses Learn(NetworkEngine engine, Batch batch)
    {
        var losses = new StepLosses(engine.Network.Description.Tasks.Count);
        engine.Learn(batch, losses);
        return losses;
    }

    /// <summary>The losses in a row: the tasks', the penalty and the joint one.</summary>
    public static double[] Numbers(StepLosses losses) => [.. losses.Tasks, losses.Penalty, losses.Joint];

    public static bool IsFinite(Network network) =>
        Enumerable.Range(0, network.Parameters.Blocks.Count).All(i => !network.Parameters.Numbers(i).ToArray().Any(number => !float.IsFinite(number)));
}
