namespace CrossStitch.Experiments.Comparison;

/// <summary>What came out of a comparison.</summary>
/// <param name="Rows">A line a network and set of auxiliary tasks.</param>
/// <param name="Failures">The runs that failed, and why.</param>
public sealed record ComparisonOutcome(IReadOnlyList<ComparisonRow> Rows, IReadOnlyList<(PlannedRun Run, string Reason)> Failures);
