using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Training;

namespace CrossStitch.Fuzz.Samples;

/// <summary>The folder of a finished study, made up without training, so that it has the same bytes each time.</summary>
internal static class SampleStudy
{
    private const int Faces = 6;

    /// <summary>Writes a study of two networks with two seeds, and a question.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="catalog">What it names.</param>
    public static void Write(string folder, Catalog catalog)
    {
        var recipe = SampleRecipe.Of(catalog);
        var plan = StudyPlan.Compare(recipe, [catalog.Networks["single"], catalog.Networks["cross-stitch"]], [recipe.Auxiliary()], [1, 2]);
        var other = Variant.Of(recipe, catalog.Networks["cross-stitch"], recipe.Auxiliary()).With("start-1-0", recipe, catalog, one => one with { Stitches = one.Stitches with { Same = 1, Other = 0 } });
        plan = plan.Ask(new Question("stitch-start", "Should towers start apart?", "A question.", []), [plan.Variants[^1], other]);
        var labels = SampleFaces.Labels(SampleFaces.Whole(Faces));
        Directory.CreateDirectory(folder);
        labels.Examples.Save(Path.Combine(folder, TestExamples.FileName));
        var runs = plan.Runs(catalog);
        foreach (var run in runs.Where(run => run.Recipe.Seed == 1 || run.Variant.IsMain))
        {
            WriteRun(new RunFolder(Path.Combine(folder, run.FolderName), catalog), run.Recipe, labels);
        }

        catalog.Json.Save(Path.Combine(folder, "study.json"), StudyPlanFile.Of(plan, runs, null));
    }

    /// <summary>Writes a finished run.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="labels">What is true of the test faces.</param>
    public static void WriteRun(RunFolder folder, Recipe recipe, ExampleLabels labels)
    {
        var random = new SeededRandom((ulong)recipe.Seed, (ulong)recipe.Network.Length);
        var outputs = recipe.Tasks().ToDictionary(task => task.Task, task => Outputs(task.Task, labels, random));
        var (predictions, scores) = (Predictions.Of(outputs, FaceTasks.All), ScoreTable.Of(FaceMeasures.All, outputs, labels));
        var network = recipe.Build(folder.Catalog);
        var (stitches, relation) = (StitchSummary.Of(network), RelationSummary.Of(network));
        var losses = recipe.Tasks().ToDictionary(task => task.Task, _ => 0.5);
        IReadOnlyList<EpochReport> epochs = [.. Enumerable.Range(1, recipe.Training.Epochs).Select(epoch => new EpochReport(epoch, 0.01, 1.0 / epoch, losses, 0, losses, stitches, relation, 1.5, 6000))];
        folder.SaveRecipe(recipe);
        folder.SaveMetrics(epochs);
        folder.SaveMeasured(new Measured(predictions, scores, labels.Examples, Evaluation.Of(FaceMeasures.All, scores, labels.Examples, predictions)));
        folder.SaveResult(new RunResult(
            RunResult.CurrentVersion, recipe.Seed, network.Parameters.Count, epochs.Count, epochs.Count, 4.5, Evaluation.Of(FaceMeasures.All, scores, labels.Examples, predictions), null, stitches, relation));
        new Checkpoint(epochs.Count, NetworkWeights.Save(network.Parameters), [], 0, 0, []).Save(folder.FinalCheckpointPath);
    }

    private static float[] Outputs(string task, ExampleLabels labels, SeededRandom random)
    {
        var width = FaceTasks.All.First(one => one.Name == task).Outputs;
        var outputs = new float[Faces * width];
        for (var face = 0; face < Faces; face++)
        {
            for (var i = 0; i < width; i++)
            {
                outputs[(face * width) + i] = (task == FaceTasks.Landmarks ? labels[task, face][i] : 0) + (float)(0.03 * random.NextGaussian());
            }
        }

        return outputs;
    }
}
