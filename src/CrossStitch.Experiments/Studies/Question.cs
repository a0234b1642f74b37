using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Studies;

/// <summary>A question that a study asks beside its main comparison.</summary>
/// <param name="Id">A short name, as commands take it.</param>
/// <param name="Title">A heading.</param>
/// <param name="Asks">The question in a sentence or two.</param>
/// <param name="Variants">The names of the variants that answer it; the others are compared with the first.</param>
public sealed record Question(string Id, string Title, string Asks, IReadOnlyList<string> Variants)
{
    /// <summary>Which of its variants are compared, where that is not each with the first; all are corrected together. Null for that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ComparedPair>? Pairs { get; init; }

    /// <summary>The names of the measures that they are compared by, the main one first; null for those that all networks are compared by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Measures { get; init; }
}
