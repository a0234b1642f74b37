using CrossStitch.Faces.Annotations;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>A number that the paper states, to be marked in a figure.</summary>
/// <param name="Variant">Of which network, as we name it.</param>
/// <param name="Landmark">Of which landmark.</param>
/// <param name="Value">The number, a share or a part of the box width.</param>
public sealed record StatedValue(string Variant, Landmark Landmark, double Value);
