using System.Text.Json;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Does a study in a folder: its plan, its test faces, a subfolder a run. Goes on where an earlier, stopped call was.</summary>
/// <param name="plan">The runs and the questions.</param>
/// <param name="faces">The faces that they ask for.</param>
/// <param name="path">The folder.</param>
/// <param name="parallel">How many networks are trained at once.</param>
public sealed class StudyRunner(StudyPlan plan, FaceSets faces, string path, int parallel)
{
    /// <summary>The plan's file in the study's folder.</summary>
    internal const string PlanName = "study.json";

    /// <summary>The test faces' file in the study's folder.</summary>
    internal const string FacesName = "test-faces.crops";

    /// <summary>Does what has not been done. A run that fails is reported and does not keep the others from running.</summary>
    /// <param name="progress">Told where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="CrossStitchException">
    /// There are no test faces, a recipe is wrong, the folder holds a study of other recipes or faces, or another process is
    /// at work in it.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (faces.Test is not { Count: > 0 } test)
        {
            throw new CrossStitchException("There are no test faces to compare the networks on: the archive has no testing.txt. Use 'crossstitch train' to train on it.");
        }

        foreach (var run in plan.Runs)
        {
            run.Recipe.Validate();
        }

        using var alone = new FolderLock(path);
        RefuseAnother();
        var file = new StudyPlanFile([.. plan.Runs.Select(run => new StudyPlanFile.Run(run.Variant, run.Recipe.Seed, run.FolderName))], plan.Questions, plan.Runs[0].Recipe);
        AtomicFile.WriteAllText(Path.Combine(path, PlanName), JsonSerializer.Serialize(file, RecipeFile.Json) + "\n");
        FaceCropFile.Save(Path.Combine(path, FacesName), test);
        new ParallelRuns(plan.Runs, faces, path, parallel).Run(progress, cancellation);
    }

    /// <summary>Before anything is written: a study half of one recipe and half of another would compare nothing, and not look like it.</summary>
    private void RefuseAnother()
    {
        foreach (var run in plan.Runs)
        {
            var folder = new RunFolder(Path.Combine(path, run.FolderName));
            if (folder.IsBegun && ReadRecipe(folder) is { } begun)
            {
                new TrainingRun(run.Recipe, faces, folder).RefuseAnother(begun);
            }
        }
    }

    /// <summary>A begun run's recipe; null if it is damaged, which is a failure of that run alone.</summary>
    private static Recipe? ReadRecipe(RunFolder folder)
    {
        try
        {
            return folder.LoadRecipe();
        }
        catch (CrossStitchException)
        {
            return null;
        }
    }
}
