using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Tests;

/// <summary>The five networks of the paper, small or whole, for tests that hold for all of them.</summary>
internal static class TestNetworks
{
    public static readonly TowerShape SmallShape = new(
        [1, 12, 12],
        [new ConvolutionStage("pool1", 8, 3, Pool: true), new ConvolutionStage("conv2", 8, 2, Pool: false), new DenseStage("fc", 32)]);

    public static readonly LearningTask Main = new RegressionTask("landmarks", 10);

    public static readonly IReadOnlyList<LearningTask> Auxiliary =
        [new ClassificationTask("pose", 5, 0.5), new ClassificationTask("smile", 2, 0.5)];

    public static readonly IReadOnlyList<TaskGroup> Groups = [new("landmarks", [Main]), new("auxiliary", Auxiliary)];

    public static TheoryData<string> Names => ["single", "split", "cross-stitch", "related", "related-cross-stitch"];

    public static MultiTaskNetwork Build(string name, TowerShape? shape = null, long seed = 1, CrossStitchOptions? stitches = null, WeightRelationOptions? relation = null)
    {
        shape ??= SmallShape;
        stitches ??= new CrossStitchOptions();
        relation ??= new WeightRelationOptions();
        return name switch
        {
            "single" => new SingleTaskNetwork(shape, Main, seed),
            "split" => new SplitNetwork(shape, [Main, .. Auxiliary], seed),
            "cross-stitch" => new CrossStitchNetwork(shape, Groups, stitches, seed),
            "related" => new TiedTowersNetwork(shape, Groups, relation, seed),
            "related-cross-stitch" => new CrossStitchNetwork(shape, Groups, stitches, seed, relation),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }
}
