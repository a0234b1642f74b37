using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

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
    /// <exception cref="CrossStitchException">There are no test faces to compare on, or the recipe is wrong.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ComparisonOutcome Run(IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        plan.Base.Validate();
        if (faces.Test is not { Count: > 0 })
        {
            throw new CrossStitchException("There are no test faces to compare the networks on: the archive has no testing.txt. Use 'crossstitch train' to train on it.");
        }

        var finished = new List<(PlannedRun, RunResult)>();
        var failures = new List<(PlannedRun, string)>();
        var runs = plan.Runs();
        for (var i = 0; i < runs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (index, run) = (i, runs[i]);
            progress?.Report(new ComparisonProgress(run, index, null));
            try
            {
                var training = new TrainingRun(run.Recipe, faces, new RunFolder(Path.Combine(path, run.FolderName)));
                var steps = new StepProgress(step => progress?.Report(new ComparisonProgress(run, index, step)));
                var result = training.Execute(progress: steps, cancellation: cancellation);
                finished.Add((run, result));
                progress?.Report(new ComparisonProgress(run, index, null, result));
            }
            catch (CrossStitchException error)
            {
                failures.Add((run, error.Message));
                progress?.Report(new ComparisonProgress(run, index, null, Failure: error.Message));
            }
        }

        return new ComparisonOutcome(ComparisonRow.Of(finished), failures);
    }

    private sealed class StepProgress(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }
}
