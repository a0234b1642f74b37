namespace CrossStitch.Experiments.Studies;

/// <summary>A run of a study that failed when it was last tried.</summary>
/// <param name="Variant">The name of its variant.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Reason">Why.</param>
public sealed record StudyFailure(string Variant, long Seed, string Reason);
