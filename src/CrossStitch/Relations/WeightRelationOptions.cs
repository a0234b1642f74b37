namespace CrossStitch.Relations;

/// <summary>How the weights of towers are tied (section 3.3).</summary>
/// <param name="Penalty">Which penalty.</param>
/// <param name="Weight">λ_w of eq. 6.</param>
/// <param name="Layers">Ω: the names of the stages it spans, each with weights to tie; null for all stages.</param>
/// <param name="Scale">First value of every a_j.</param>
/// <param name="Shift">First value of every b_j.</param>
public sealed record WeightRelationOptions(
    RelationPenalty Penalty = RelationPenalty.AffineExponential,
    double Weight = 1e-5,
    IReadOnlyList<string>? Layers = null,
    double Scale = 1,
    double Shift = 0);
