using CrossStitch.Training;

namespace CrossStitch.Experiments.Comparison;

/// <summary>Where a comparison is: sent at the start of each run, after each of its steps, and at its end.</summary>
/// <param name="Run">The run under way.</param>
/// <param name="Index">Its place among the runs, from 0.</param>
/// <param name="Step">Its last step; null at its start and end.</param>
/// <param name="Ended">Whether it has ended.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
public sealed record ComparisonProgress(PlannedRun Run, int Index, StepReport? Step, bool Ended = false, string? Failure = null);
