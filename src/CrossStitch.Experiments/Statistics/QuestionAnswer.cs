using CrossStitch.Experiments.Comparison;

namespace CrossStitch.Experiments.Statistics;

/// <summary>What a study says to one of its questions.</summary>
/// <param name="Question">The question; its first variant is what the others are compared with.</param>
/// <param name="Variants">The results of those of its variants that have a finished run, in its order.</param>
/// <param name="Comparisons">The mean error of each of the others compared with the first, corrected together.</param>
/// <param name="Sentence">The answer in words.</param>
/// <param name="FailureComparisons">The failure rate of each compared with the first, corrected together.</param>
public sealed record QuestionAnswer(
    StudyQuestion Question,
    IReadOnlyList<VariantSummary> Variants,
    IReadOnlyList<PairedComparison> Comparisons,
    string Sentence,
    IReadOnlyList<PairedComparison> FailureComparisons);
