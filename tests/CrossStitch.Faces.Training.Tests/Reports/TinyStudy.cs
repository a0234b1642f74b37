using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Faces.Training.Paper;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests.Reports;

/// <summary>A study of drawn faces whose predictions are the truth and some noise: finished without a step of training.</summary>
internal static class TinyStudy
{
    private static readonly string[] Layers = ["pool1", "pool2", "pool3", "conv4", "fc"];

    /// <summary>The test faces of a study.</summary>
    public static FaceCropSet Faces(int count) => DrawnFaces.Generate(count, 1, CropSettings.Default);

    /// <summary>Makes up a study.</summary>
    /// <param name="folder">Where it says that it lies.</param>
    /// <param name="seeds">Seeds of each network.</param>
    /// <param name="networks">Which networks; all of the paper's by default.</param>
    /// <param name="questions">Whether there are questions.</param>
    /// <param name="faces">Test faces.</param>
    public static Study Of(string folder, int seeds = 2, IReadOnlyList<string>? networks = null, bool questions = true, int faces = 36)
    {
        var (catalog, recipe) = (SmallRuns.Catalog, Recipe.For(new DrawnData(60, faces)) with
        {
            Threads = 1,
            Versions = new Dictionary<string, string> { ["crossStitch"] = "0.1.0", ["runtime"] = ".NET 10" },
        });
        var plan = StudyPlan.Compare(
            recipe, [.. (networks ?? PaperStudy.Networks).Select(name => catalog.Networks[name])], AuxiliarySet.Each(recipe.Auxiliary()), [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)]);
        plan = plan.Ask(new Question("networks", "Does sharing help?", "The main study.", []), plan.Variants);
        if (questions)
        {
            foreach (var open in OpenQuestion.Parse("two-towers,stitch-rate"))
            {
                plan = plan.Ask(new Question(open.Id, open.Title, open.Asks, []), open.Variants(recipe, catalog));
            }
        }

        var labels = ExampleLabels.Of(new FaceData(Faces(faces)), FaceTasks.All, recipe.Data.Backbone());
        var runs = plan.Runs(catalog).Select(run => Run(run, labels)).ToList();
        return new Study(folder, recipe, labels.Examples, plan.Variants, runs, [new StudyFailure("split-all", 9, "the disk is full <&> \"gone\"")], plan.Questions)
        {
            Catalog = catalog,
            Seeds = seeds,
            Planned = runs.Count,
        };
    }

    /// <summary>Makes up the runs of a plan.</summary>
    /// <param name="folder">Where it says that it lies.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="faces">Test faces.</param>
    public static Study Of(string folder, StudyPlan plan, int faces)
    {
        var labels = ExampleLabels.Of(new FaceData(Faces(faces)), FaceTasks.All, plan.Recipe.Data.Backbone());
        var runs = plan.Runs(SmallRuns.Catalog).Select(run => Run(run, labels)).ToList();
        return new Study(folder, plan.Recipe, labels.Examples, plan.Variants, runs, [], plan.Questions) { Catalog = SmallRuns.Catalog, Seeds = plan.Seeds.Count, Planned = runs.Count };
    }

    /// <summary>Saves weights for the stitched networks, as their runs would have: first weights, and an α of chance.</summary>
    public static void SaveWeights(Study study)
    {
        foreach (var run in study.Runs.Where(run => run.Result.Stitches.Count > 0 && run.Variant.Name.EndsWith("-all", StringComparison.Ordinal)))
        {
            var network = run.Recipe.Build(study.Catalog);
            var random = new SeededRandom(3);
            foreach (var stage in network.Description.Shape.Stages)
            {
                foreach (ref var alpha in network.Parameters[ParameterNames.Alpha(stage.Name)])
                {
                    alpha += (float)(0.1 * random.NextGaussian());
                }
            }

            var folder = new RunFolder(Path.Combine(study.Folder, run.Folder), study.Catalog);
            folder.SaveRecipe(run.Recipe);
            folder.SaveResult(run.Result);
            new Checkpoint(1, NetworkWeights.Save(network.Parameters), [], 0, 0, []).Save(folder.FinalCheckpointPath);
        }
    }

    private static StudyRun Run(PlannedRun planned, ExampleLabels labels)
    {
        var (variant, recipe, faces) = (planned.Variant, planned.Recipe, labels.Examples.Count);
        var noise = recipe.Network switch
        {
            "split" => 0.031,
            "cross-stitch" => 0.026,
            "related-cross-stitch" => 0.0275,
            _ => 0.029,
        } / 1.25;
        var random = new SeededRandom((ulong)recipe.Seed, (ulong)variant.Name.Sum(letter => letter));
        var shared = new SeededRandom(7);
        var outputs = new Dictionary<string, float[]> { [FaceTasks.Landmarks] = new float[FaceLandmarks.Numbers * faces] };
        for (var face = 0; face < faces; face++)
        {
            var hard = 0.5 + (1.5 * shared.NextDouble() * shared.NextDouble());
            for (var i = 0; i < FaceLandmarks.Numbers; i++)
            {
                outputs[FaceTasks.Landmarks][(face * FaceLandmarks.Numbers) + i] = labels[FaceTasks.Landmarks, face][i] + (float)(noise * hard * random.NextGaussian());
            }
        }

        foreach (var task in FaceTasks.All.Where(task => recipe.Tasks().Any(learned => learned.Task == task.Name && task.Name != FaceTasks.Landmarks)))
        {
            outputs[task.Name] = new float[task.Outputs * faces];
            for (var face = 0; face < faces; face++)
            {
                var predicted = random.NextBool(0.2) ? random.Next(0, task.Outputs) : (int)labels[task.Name, face][0];
                outputs[task.Name][(face * task.Outputs) + predicted] = 1;
            }
        }

        var epochs = Enumerable.Range(1, 12).Select(epoch => Epoch(epoch, recipe, random)).ToList();
        var towers = recipe.Groups.Count;
        var (predictions, scores) = (Predictions.Of(outputs, FaceTasks.All), ScoreTable.Of(FaceMeasures.All, outputs, labels));
        var result = new RunResult(
            RunResult.CurrentVersion, recipe.Seed, towers * 78_000L, epochs.Count, epochs.Count, 20 * towers,
            Evaluation.Of(FaceMeasures.All, scores, labels.Examples, predictions), null, epochs[^1].Stitches, epochs[^1].Relation);
        return new StudyRun(variant, planned.FolderName, recipe, result, epochs, predictions, scores);
    }

    private static EpochReport Epoch(int epoch, Recipe recipe, SeededRandom random)
    {
        double Falling(double from, double to) => to + ((from - to) * Math.Exp(-epoch / 4.0)) + (0.02 * to * random.NextGaussian());
        var losses = recipe.Tasks().ToDictionary(task => task.Task, task => task.Task == FaceTasks.Landmarks ? Falling(0.05, 0.006) : Falling(1, 0.35));
        var network = SmallRuns.Catalog.Networks[recipe.Network];
        return new EpochReport(
            epoch, 0.01, losses.Values.Sum(), losses, 0, losses,
            network.HasStitches ? [.. Layers.Select((layer, i) => new StitchSummary(layer, [[Falling(0.9, 0.9 + (0.1 * i)), Falling(0.1, 0.15)], [Falling(0.1, 0.05), Falling(0.9, 1)]], 0, 1.2))] : [],
            network.HasRelation ? [.. Layers.Select((layer, i) => new RelationSummary(layer, 0, Falling(1, 0.6 + (0.05 * i)), 0.001 * random.NextGaussian(), 1))] : [],
            1.5,
            6000);
    }
}
