using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Tests.Runs;

/// <summary>The real faces, where the environment variables CROSSSTITCH_MTFL and CROSSSTITCH_MTFL_BOXES say where they are.</summary>
[Trait("Data", "MTFL")]
public sealed class MtflTrainingTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void An_epoch_on_real_faces_improves_every_network()
    {
        var archive = Environment.GetEnvironmentVariable("CROSSSTITCH_MTFL");
        Assert.SkipWhen(string.IsNullOrEmpty(archive), "CROSSSTITCH_MTFL does not say where the archive is.");
        var data = new MtflData(archive, Environment.GetEnvironmentVariable("CROSSSTITCH_MTFL_BOXES"));
        var faces = FaceSetLoader.Load(data);
        foreach (var kind in Enum.GetValues<NetworkKind>())
        {
            var recipe = new Recipe { Network = kind, Data = data, Training = new() { Epochs = 1 } };
            using var untrained = NetworkBuilder.Engine(recipe, NetworkBuilder.Build(recipe));
            var before = Evaluator.Evaluate(untrained, faces.Test!).Overall;
            var after = new TrainingRun(recipe, faces, new RunFolder(small.Folder($"mtfl-{kind}"))).Execute().Test!.Overall;
            Assert.True(after.Landmarks!.Overall.MeanError < 0.5 * before.Landmarks!.Overall.MeanError, $"{kind}: {before.Landmarks.Overall.MeanError} → {after.Landmarks.Overall.MeanError}");
        }
    }
}
