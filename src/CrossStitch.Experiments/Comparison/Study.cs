using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Comparison;

/// <summary>A study as it lies in its folder, finished or under way.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="TestFaces">The faces that all runs were measured on.</param>
/// <param name="Runs">The finished runs, in the plan's order.</param>
/// <param name="Failures">The runs that failed when they were last tried.</param>
/// <param name="Questions">What it asks beside the main comparison.</param>
public sealed record Study(
    string Folder,
    FaceCropSet TestFaces,
    IReadOnlyList<StudyRun> Runs,
    IReadOnlyList<StudyFailure> Failures,
    IReadOnlyList<StudyQuestion> Questions)
{
    /// <summary>
    /// What all runs of the main comparison have in common; their network, auxiliary tasks and seed are those of the first.
    /// Null if no run says it yet.
    /// </summary>
    public Recipe? Recipe { get; init; } = Runs.Count > 0 ? Runs[0].Recipe : null;

    /// <summary>How many seeds each network has by the plan, whether or not their runs have finished.</summary>
    public int Seeds { get; init; } = Runs.Select(run => run.Recipe.Seed).Distinct().Count();

    /// <summary>How many runs the plan has.</summary>
    public int Planned { get; init; } = Runs.Count + Failures.Count;

    /// <summary>Reads a study.</summary>
    /// <param name="folder">A folder that <see cref="StudyRunner"/> wrote.</param>
    /// <exception cref="CrossStitchException">It is no study's, or a file in it is damaged.</exception>
    /// <exception cref="Faces.FaceDataException">Its test faces are missing or damaged.</exception>
    public static Study Load(string folder)
    {
        var path = Path.Combine(folder, StudyRunner.PlanName);
        if (!File.Exists(path))
        {
            throw new CrossStitchException($"{folder}: not the folder of a study (it has no {StudyRunner.PlanName}); name a folder that 'crossstitch reproduce' wrote.");
        }

        var plan = RecipeFile.LoadJson<StudyPlanFile>(path, "study's plan");
        var faces = FaceCropFile.Load(Path.Combine(folder, StudyRunner.FacesName));
        var runs = new List<StudyRun>();
        var failures = new List<StudyFailure>();
        foreach (var planned in plan.Runs)
        {
            var run = new RunFolder(Path.Combine(folder, planned.Folder));
            if (run.IsFinished)
            {
                var predictions = run.LoadPredictions();
                if (!Fits(predictions, faces.Count))
                {
                    throw new CrossStitchException($"{run.PredictionsPath}: damaged, or not of the study's {faces.Count} test faces; delete {run.FullPath} and run the study again.");
                }

                runs.Add(new StudyRun(planned.Variant, run.LoadRecipe(), run.LoadResult(), run.LoadMetrics(), predictions));
            }
            else if (run.Failure is { } reason)
            {
                failures.Add(new StudyFailure(planned.Variant, planned.Seed, reason));
            }
        }

        var study = new Study(folder, faces, runs, failures, plan.Questions) { Seeds = plan.Runs.Select(run => run.Seed).Distinct().Count(), Planned = plan.Runs.Count };
        return plan.Recipe is { } recipe ? study with { Recipe = recipe } : study;
    }

    private static bool Fits(FacePredictions predictions, int faces)
    {
        bool IsOf(string attribute, int[] classes) =>
            classes.Length == faces && classes.All(one => one >= 0 && one < FaceAttribute.Named(attribute).Classes.Count);
        return predictions.Landmarks?.Length == faces * FaceLandmarks.Numbers
            && predictions.Landmarks.All(number => float.IsFinite(number) && Math.Abs(number) < 1e6f)
            && predictions.Attributes.All(predicted => IsOf(predicted.Key, predicted.Value));
    }
}
