using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Reports;

/// <summary>A study of drawn faces whose predictions are the truth and some noise: finished without a step of training.</summary>
internal static class TinyStudy
{
    private static readonly string[] Layers = ["pool1", "pool2", "pool3", "conv4", "fc"];

    /// <summary>Makes up a study.</summary>
    /// <param name="folder">Where it says that it lies.</param>
    /// <param name="seeds">Seeds of each network.</param>
    /// <param name="networks">Which networks; all of the paper's by default.</param>
    /// <param name="questions">Whether there is a question of section 6.4.</param>
    /// <param name="faces">Test faces.</param>
    public static Study Of(string folder, int seeds = 2, IReadOnlyList<NetworkKind>? networks = null, bool questions = true, int faces = 36)
    {
        var test = DrawnFaces.Generate(faces, 1, CropSettings.Default);
        var plan = new ComparisonPlan(
            new Recipe { Data = new DrawnData(60, faces), Threads = 1, Versions = new Dictionary<string, string> { ["crossStitch"] = "0.1.0", ["runtime"] = ".NET 10" } },
            networks ?? Enum.GetValues<NetworkKind>(),
            AuxiliarySet.Each,
            [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)]);
        var runs = plan.Runs().Select(run => Run(run.Variant, run.Recipe, test)).ToList();
        var asked = new List<StudyQuestion> { new("networks", "Does sharing help?", "The main study.", [.. (plan with { Seeds = [1] }).Runs().Select(run => run.Variant)]) };
        if (questions)
        {
            foreach (var rate in new[] { 10, 100 })
            {
                runs.AddRange(runs.Where(run => run.Variant == "cross-stitch-all").ToList().Select(run =>
                    Run($"cross-stitch-all@stitch-rate-{rate}", run.Recipe with { Training = run.Recipe.Training with { StitchRate = rate } }, test)));
            }

            asked.Add(new StudyQuestion(
                "stitch-rate",
                "Should the cross-stitch units learn faster?",
                "Learning rates of α 10 and 100 times as high as the rest's.",
                ["cross-stitch-all", "cross-stitch-all@stitch-rate-10", "cross-stitch-all@stitch-rate-100"]));
            runs.AddRange(runs.Where(run => run.Variant == "cross-stitch-all").ToList().Select(run =>
                Run("cross-stitch-all@lambda-0", run.Recipe with { AuxiliaryWeight = 0 }, test)));
            asked.Add(new StudyQuestion(
                OpenQuestion.TwoTowers, "The attributes, or the second tower?", "Two towers that learn no attribute.", ["cross-stitch-all@lambda-0", "cross-stitch-all"]));
        }

        return new Study(folder, test, runs, [new StudyFailure("split-all", 9, "the disk is full <&> \"gone\"")], asked);
    }

    /// <summary>Saves weights for the stitched networks, as their runs would have: first weights, and an α of chance.</summary>
    public static void SaveWeights(Study study)
    {
        foreach (var run in study.Runs.Where(run => run.Result.Stitches.Count > 0 && run.Variant.EndsWith("-all", StringComparison.Ordinal)))
        {
            var network = NetworkBuilder.Build(run.Recipe);
            var random = new SeededRandom(3);
            foreach (var stage in network.Description.Shape.Stages)
            {
                foreach (ref var alpha in network.Parameters[ParameterNames.Alpha(stage.Name)])
                {
                    alpha += (float)(0.1 * random.NextGaussian());
                }
            }

            var folder = new RunFolder(Path.Combine(study.Folder, $"{run.Variant}-seed{run.Result.Seed}"));
            folder.SaveRecipe(run.Recipe);
            folder.SaveResult(run.Result);
            new Checkpoint(1, NetworkWeights.Save(network.Parameters), [], 0, 0, []).Save(folder.FinalCheckpointPath);
        }
    }

    private static StudyRun Run(string variant, Recipe recipe, FaceCropSet test)
    {
        var noise = recipe.Network switch
        {
            NetworkKind.Split => 0.031,
            NetworkKind.CrossStitch => 0.026,
            NetworkKind.RelatedCrossStitch => 0.0275,
            _ => 0.029,
        } / 1.25;
        var random = new SeededRandom((ulong)recipe.Seed, (ulong)variant.Sum(letter => letter));
        var shared = new SeededRandom(7);
        var landmarks = new float[FaceLandmarks.Numbers * test.Count];
        for (var face = 0; face < test.Count; face++)
        {
            var hard = 0.5 + (1.5 * shared.NextDouble() * shared.NextDouble());
            test[face].Landmarks.CopyTo(landmarks.AsSpan(face * FaceLandmarks.Numbers));
            for (var i = 0; i < FaceLandmarks.Numbers; i++)
            {
                landmarks[(face * FaceLandmarks.Numbers) + i] += (float)(noise * hard * random.NextGaussian());
            }
        }

        int[] Classes(AuxiliaryTask task) =>
            [.. test.Faces.Select(face => random.NextBool(0.2) ? random.Next(0, FaceTasks.ClassNames(task).Count) : FaceTasks.ClassOf(task, face.Attributes))];
        var predictions = new FacePredictions(landmarks, recipe.UsedAuxiliary().Order().ToDictionary(FaceTasks.Name, Classes));
        var epochs = Enumerable.Range(1, 12).Select(epoch => Epoch(epoch, recipe, random)).ToList();
        var towers = recipe.Network is NetworkKind.Single or NetworkKind.Split ? 1 : 2;
        var result = new RunResult(
            recipe.Network, recipe.UsedAuxiliary(), recipe.Seed, towers * 78_000L, epochs.Count, epochs.Count, 20 * towers,
            FaceEvaluation.Measure(test.Faces, predictions), null, epochs[^1].Stitches, epochs[^1].Relation);
        return new StudyRun(variant, recipe, result, epochs, predictions);
    }

    private static EpochReport Epoch(int epoch, Recipe recipe, SeededRandom random)
    {
        double Falling(double from, double to) => to + ((from - to) * Math.Exp(-epoch / 4.0)) + (0.02 * to * random.NextGaussian());
        var losses = new Dictionary<string, double> { [FaceTasks.Landmarks] = Falling(0.05, 0.006) };
        foreach (var task in recipe.UsedAuxiliary())
        {
            losses[FaceTasks.Name(task)] = Falling(1, 0.35);
        }

        var stitched = recipe.Network is NetworkKind.CrossStitch or NetworkKind.RelatedCrossStitch;
        var related = recipe.Network is NetworkKind.Related or NetworkKind.RelatedCrossStitch;
        return new EpochReport(
            epoch, 0.01, losses.Values.Sum(), losses, 0, losses,
            stitched ? [.. Layers.Select((layer, i) => new StitchSummary(layer, [[Falling(0.9, 0.9 + (0.1 * i)), Falling(0.1, 0.15)], [Falling(0.1, 0.05), Falling(0.9, 1)]], 0, 1.2))] : [],
            related ? [.. Layers.Select((layer, i) => new RelationSummary(layer, 0, Falling(1, 0.6 + (0.05 * i)), 0.001 * random.NextGaussian(), 1))] : [],
            1.5,
            6000);
    }
}
