using System.Text.Json.Serialization;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Statistics;

/// <summary>What a study says to one of its questions.</summary>
/// <param name="Question">The question; its first variant is what the others are compared with.</param>
/// <param name="Variants">The results of those of its variants that have a finished run, in its order.</param>
/// <param name="Comparisons">By the measure's name, the main one first: each of the others compared with the first, corrected together.</param>
/// <param name="Sentence">The answer in words.</param>
public sealed record QuestionAnswer(
    Question Question,
    IReadOnlyList<VariantSummary> Variants,
    IReadOnlyDictionary<string, IReadOnlyList<PairedComparison>> Comparisons,
    string Sentence)
{
    /// <summary>The comparisons by the main measure.</summary>
    [JsonIgnore]
    public IReadOnlyList<PairedComparison> Main => Comparisons.Values.FirstOrDefault([]);
}
