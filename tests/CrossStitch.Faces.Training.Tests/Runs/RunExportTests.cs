using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Kernels.Models;
using CrossStitch.Parameters;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests.Runs;

[Collection(SmallRuns.Name)]
public sealed class RunExportTests(SmallRuns small)
{
    [Fact]
    public void An_exported_run_says_of_raw_crops_what_its_network_predicts()
    {
        var folder = Run("exported");
        var path = Path.Combine(small.Folder("models"), "faces.xstitch");
        var model = RunExport.Save(folder, path);
        var network = folder.LoadRecipe().Build(SmallRuns.Catalog);
        NetworkWeights.Load(network, Checkpoint.Load(folder.FinalCheckpointPath).Weights);
        using var engine = folder.LoadRecipe().Engine(SmallRuns.Catalog, network);
        var expected = Prediction.Of(engine, small.Faces.Test!, batchSize: 7, CancellationToken.None);

        using var runner = new NetworkRunner(ModelFile.Load(path));
        var crop = new float[40 * 40];
        for (var face = 0; face < small.Faces.TestFaces!.Count; face++)
        {
            CropPixels.Extract(small.Faces.TestFaces.Patch(face), small.Faces.TestFaces.Settings, crop);
            runner.Model.Input.Normalize(crop);
            var output = runner.Run(crop, batch: 1);
            foreach (var head in model.Heads)
            {
                Assert.Equal(expected[head.Name].AsSpan(face * head.Outputs, head.Outputs).ToArray(), output[head.Name].ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
            }
        }
    }

    [Fact]
    public void A_model_says_what_its_numbers_mean_and_not_where_its_faces_lay()
    {
        var folder = Run("described");
        var model = RunExport.Save(folder, small.Folder("described.xstitch"));
        Assert.Equal(["landmarks", "pose", "gender", "glasses", "smile"], model.Heads.Select(head => head.Name));
        Assert.Equal(["left-eye-x", "right-eye-x", "nose-x"], model.Heads[0].Labels.Take(3));
        Assert.Equal("right-mouth-corner-y", model.Heads[0].Labels[9]);
        Assert.Equal(["-60°", "-30°", "0°", "30°", "60°"], model.Heads[1].Labels);
        Assert.Equal(["male", "female"], model.Heads[2].Labels);
        Assert.Equal("related-cross-stitch-all", model.Metadata["recipe"]);
        Assert.Equal(("gray", 255f, true), (Assert.Single(model.Input.Channels), model.Input.High, model.Input.Standardized));
        Assert.Equal(new CropFormat("square-detector-box", 0, Resampling.Tent, EdgeHandling.Replicate), model.Input.Crop);
        Assert.Equal(["box", null, null, null, null], model.Heads.Select(head => head.Unit));
        Assert.DoesNotContain(model.Metadata.Values, value => value.Contains('/', StringComparison.Ordinal));

        RunExport.Save(folder, small.Folder("again.xstitch"));
        Assert.Equal(File.ReadAllBytes(small.Folder("described.xstitch")), File.ReadAllBytes(small.Folder("again.xstitch")));
    }

    [Fact]
    public void A_model_normalises_crops_as_training_did_to_the_bit()
    {
        var folder = Run("normal");
        var format = RunExport.Save(folder, small.Folder("normal.xstitch")).Input;
        var batch = new Batch(folder.LoadRecipe().Describe(SmallRuns.Catalog), 10) { Count = 10 };
        var faces = small.Faces.TrainingFaces;
        new FaceData(faces).Fill(batch, [.. Enumerable.Range(0, 10)], augmentationSeed: null);
        var crop = new float[40 * 40];
        for (var face = 0; face < 10; face++)
        {
            CropPixels.Extract(faces.Patch(face), faces.Settings, crop);
            format.Normalize(crop);
            Assert.Equal(batch.Example(face).ToArray(), crop);
        }
    }

    [Fact]
    public void A_run_that_cannot_be_exported_is_an_error_that_says_why()
    {
        var half = small.Run("half-exported");
        using var stopped = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(SmallRuns.Recipe(), small.Faces, half).Execute(onEpoch: _ => stopped.Cancel(), cancellation: stopped.Token));
        Assert.Contains("--resume", Assert.Throws<CrossStitchException>(() => RunExport.Save(half, small.Folder("half.xstitch"))).Message, StringComparison.Ordinal);

        var file = small.Folder("a-file");
        File.WriteAllText(file, "");
        var error = Assert.Throws<CrossStitchException>(() => RunExport.Save(Run("blocked"), Path.Combine(file, "model.xstitch")));
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    private RunFolder Run(string name)
    {
        var folder = small.Run(name);
        new TrainingRun(SmallRuns.Recipe(), small.Faces, folder).Execute();
        return folder;
    }
}
