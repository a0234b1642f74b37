using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;

namespace CrossStitch.Faces.Training.Tests.Runs;

/// <summary>The real faces, where the environment variables CROSSSTITCH_MTFL and CROSSSTITCH_MTFL_BOXES say where they are.</summary>
[Trait("Data", "MTFL")]
[Collection(SmallRuns.Name)]
public sealed class MtflTrainingTests(SmallRuns small)
{
    [Fact]
    public void An_epoch_on_real_faces_improves_every_network()
    {
        var archive = Environment.GetEnvironmentVariable("CROSSSTITCH_MTFL");
        Assert.SkipWhen(string.IsNullOrEmpty(archive), "CROSSSTITCH_MTFL does not say where the archive is.");
        var data = new MtflData(archive, Environment.GetEnvironmentVariable("CROSSSTITCH_MTFL_BOXES"));
        var faces = data.LoadFaces(null, TestContext.Current.CancellationToken);
        var plain = Recipe.For(data) with { Training = new() { Epochs = 1 } };
        foreach (var network in SmallRuns.Catalog.Networks.All)
        {
            var recipe = plain.With(network, plain.Auxiliary());
            using var untrained = recipe.Engine(SmallRuns.Catalog, recipe.Build(SmallRuns.Catalog));
            var before = Evaluator.MeasureNetwork(untrained, data, faces.Test!, TestContext.Current.CancellationToken).Evaluation.Overall.Measures[FaceMeasures.MeanError];
            var after = new TrainingRun(recipe, faces, small.Run($"mtfl-{network.Name}")).Execute().Test!.Overall.Measures[FaceMeasures.MeanError];
            Assert.True(after < 0.5 * before, $"{network.Name}: {before} → {after}");
        }
    }
}
