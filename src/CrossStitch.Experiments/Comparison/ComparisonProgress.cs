using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Where a comparison is: sent at the start of each run, after each of its steps, and at its end.</summary>
/// <param name="Run">The run under way.</param>
/// <param name="Index">Its place among the runs, from 0.</param>
/// <param name="Step">Its last step; null at its start and end.</param>
/// <param name="Result">What came out of it, at its end; null before, and if it failed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
public sealed record ComparisonProgress(PlannedRun Run, int Index, StepReport? Step, RunResult? Result = null, string? Failure = null)
{
    /// <summary>Whether the run has ended.</summary>
    public bool Ended => Result is not null || Failure is not null;
}
