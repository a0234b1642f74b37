using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Does a study in a folder: its plan, its test faces, a subfolder a run. Goes on where an earlier, stopped call was.</summary>
/// <param name="plan">The runs and the questions.</param>
/// <param name="faces">The faces that they ask for.</param>
/// <param name="path">The folder.</param>
/// <param name="parallel">How many networks are trained at once.</param>
/// <param name="fresh">Whether to delete what an earlier study wrote there and begin anew.</param>
public sealed class StudyRunner(StudyPlan plan, FaceSets faces, string path, int parallel, bool fresh = false)
{
    /// <summary>The plan's file in the study's folder.</summary>
    internal const string PlanName = "study.json";

    /// <summary>The test faces' file in the study's folder.</summary>
    internal const string FacesName = "test-faces.crops";

    /// <summary>Does what has not been done. A run that fails is reported and does not keep the others from running.</summary>
    /// <param name="progress">Receives where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="CrossStitchException">
    /// There are no test faces, a recipe is wrong, the folder holds a study of other recipes or faces, or another process is
    /// at work in it.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = new RunSetFolder(path, PlanName, [PlanName, FacesName, StudyReport.FileName, .. StudyFiles.Names]);
        var (alone, runs) = folder.Begin(plan.Runs, faces, fresh, (planned, _) => new StudyPlanFile([.. planned.Select(StudyPlanFile.Run.Of)], plan.Questions, planned[0].Recipe));
        using (alone)
        {
            FaceCropFile.Save(Path.Combine(path, FacesName), faces.Test!);
            new ParallelRuns(runs, faces, path, parallel).Run(progress, cancellation);
        }
    }
}
