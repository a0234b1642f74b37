using System.Text.Json.Serialization;

namespace CrossStitch.Relations;

/// <summary>How the weights of towers are tied (section 3.3).</summary>
/// <param name="Penalty">Which penalty; null for the paper's, <see cref="RelationPenalty.AffineExponential"/>.</param>
/// <param name="Weight">λ_w of eq. 6.</param>
/// <param name="Layers">Ω: the names of the stages it spans, each with weights to tie; null for all stages.</param>
/// <param name="Scale">First value of every a_j.</param>
/// <param name="Shift">First value of every b_j.</param>
public sealed record WeightRelationOptions(
    RelationPenalty? Penalty = null,
    double Weight = 1e-5,
    IReadOnlyList<string>? Layers = null,
    double Scale = 1,
    double Shift = 0)
{
    /// <summary>Which penalty.</summary>
    /// <remarks>Members that are written out come last in JSON; this one is first, as in the files of earlier versions.</remarks>
    [JsonPropertyOrder(-1)]
    public RelationPenalty Penalty { get; init; } = Penalty ?? RelationPenalty.AffineExponential;
}
