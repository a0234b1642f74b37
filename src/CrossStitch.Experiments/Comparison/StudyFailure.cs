namespace CrossStitch.Experiments.Comparison;

/// <summary>A run of a study that failed when it was last tried.</summary>
/// <param name="Variant">Which.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Reason">Why.</param>
public sealed record StudyFailure(string Variant, long Seed, string Reason);
