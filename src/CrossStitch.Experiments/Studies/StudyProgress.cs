using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>Where a study is: sent at the start of each run, after each of its steps, and at its end.</summary>
/// <param name="Run">The run.</param>
/// <param name="Index">Its place among the runs, from 0.</param>
/// <param name="Step">Its last step; null at its start and end.</param>
/// <param name="Result">What came out of it, at its end; null before, and if it failed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <param name="Retry">Why it failed, if it will be tried again; null if it did not or will not.</param>
/// <param name="IsElsewhere">Whether another process is at it: this one waits, and goes on with it if that process stops.</param>
public sealed record StudyProgress(PlannedRun Run, int Index, StepReport? Step, RunResult? Result = null, string? Failure = null, string? Retry = null, bool IsElsewhere = false)
{
    /// <summary>Whether the run has ended.</summary>
    public bool Ended => Result is not null || Failure is not null;
}
