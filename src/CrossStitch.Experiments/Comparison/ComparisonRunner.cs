using CrossStitch.Experiments.Data;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Runs a plan in a folder, a subfolder a run; goes on where an earlier, stopped call was.</summary>
/// <param name="plan">The runs.</param>
/// <param name="faces">The faces that they ask for.</param>
/// <param name="path">The comparison's folder.</param>
public sealed class ComparisonRunner(ComparisonPlan plan, FaceSets faces, string path)
{
    /// <summary>Runs what has not been run. A run that fails is reported and does not keep the others from running.</summary>
    /// <param name="progress">Told where it is.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="CrossStitchException">There are no test faces to compare on, the recipe is wrong, or another process is at work in the folder.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ComparisonOutcome Run(IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        plan.Base.Validate();
        if (faces.Test is not { Count: > 0 })
        {
            throw new CrossStitchException("There are no test faces to compare the networks on: the archive has no testing.txt. Use 'crossstitch train' to train on it.");
        }

        using var alone = new FolderLock(path);
        var (finished, failures) = new ParallelRuns(plan.Runs(), faces, path).Run(progress, cancellation);
        return new ComparisonOutcome(ComparisonRow.Of(finished), failures);
    }
}
