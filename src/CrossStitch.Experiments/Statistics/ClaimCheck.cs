namespace CrossStitch.Experiments.Statistics;

/// <summary>A claim of the paper beside what a study finds.</summary>
/// <param name="Section">Where the paper makes it.</param>
/// <param name="Quote">Its words.</param>
/// <param name="Finding">Whether it holds.</param>
/// <param name="Comparisons">The comparisons of the mean error that it rests on, corrected together.</param>
/// <param name="Sentence">The finding in words.</param>
public sealed record ClaimCheck(string Section, string Quote, ClaimFinding Finding, IReadOnlyList<PairedComparison> Comparisons, string Sentence);
