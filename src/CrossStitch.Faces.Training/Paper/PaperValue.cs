namespace CrossStitch.Faces.Training.Paper;

/// <summary>A number that the paper's text states.</summary>
/// <param name="Variant">The network it is of, by its name here; null where the text says it of several.</param>
/// <param name="Quantity">What it is.</param>
/// <param name="Landmark">Of which landmark; null where it is of none.</param>
/// <param name="Layer">Of which layer of the network, from 0; null where it is of none.</param>
/// <param name="Value">The number: a share of faces, a coefficient.</param>
/// <param name="Section">Where the paper states it.</param>
/// <param name="Quote">The words it stands in.</param>
public sealed record PaperValue(string? Variant, PaperQuantity Quantity, Landmark? Landmark, int? Layer, double Value, string Section, string Quote);
