namespace CrossStitch.Experiments.Scores;

/// <summary>How a group of examples was predicted.</summary>
/// <param name="Examples">How many there are.</param>
/// <param name="Measures">By the measure's name: the mean over the examples that it applies to; measures that apply to none are left out.</param>
public sealed record GroupEvaluation(int Examples, IReadOnlyDictionary<string, double> Measures);
