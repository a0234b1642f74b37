using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Runs a plan in a folder, a subfolder a run; goes on where an earlier, stopped call was.</summary>
/// <param name="plan">The runs.</param>
/// <param name="faces">The faces that they ask for.</param>
/// <param name="path">The comparison's folder.</param>
/// <param name="fresh">Whether to delete what an earlier comparison wrote there and begin anew.</param>
public sealed class ComparisonRunner(ComparisonPlan plan, FaceSets faces, string path, bool fresh = false)
{
    /// <summary>The plan's file in the comparison's folder.</summary>
    internal const string PlanName = "comparison.json";

    /// <summary>Runs what has not been run, and writes the results. A run that fails is reported and does not keep the others from running.</summary>
    /// <param name="progress">Receives where it is.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="CrossStitchException">
    /// There are no test faces to compare on, the recipe is wrong, the folder holds runs of another recipe or faces, or
    /// another process is at work in it.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ComparisonOutcome Run(IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = new RunSetFolder(path, PlanName, [PlanName, .. ComparisonFolder.Names]);
        var (alone, runs) = folder.Begin(plan.Runs(), faces, fresh, (planned, earlier) => new StudyPlanFile(
            [.. earlier.Concat(planned.Select(StudyPlanFile.Run.Of)).DistinctBy(run => run.Folder)], []));
        using (alone)
        {
            var (finished, failures) = new ParallelRuns(runs, faces, path).Run(progress, cancellation);
            var outcome = new ComparisonOutcome(ComparisonRow.Of(finished), failures);
            ComparisonFolder.Write(path, outcome.Rows, outcome.Rows.Count == 0 ? null : BoxRemark.Of(outcome.Rows[0].Boxes));
            return outcome;
        }
    }
}
