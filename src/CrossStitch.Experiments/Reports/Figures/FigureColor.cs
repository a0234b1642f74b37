namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>A colour of the figures, which a page may show on white or on black.</summary>
/// <param name="Light">On white, <c>#RRGGBB</c>: what the figure's file says.</param>
/// <param name="Dark">On black: what a style sheet puts in its place.</param>
public sealed record FigureColor(string Light, string Dark);
