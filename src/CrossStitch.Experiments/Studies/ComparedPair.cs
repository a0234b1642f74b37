namespace CrossStitch.Experiments.Studies;

/// <summary>Two variants of a study, one compared with the other.</summary>
/// <param name="Variant">The one.</param>
/// <param name="Baseline">What it is compared with.</param>
public sealed record ComparedPair(string Variant, string Baseline);
