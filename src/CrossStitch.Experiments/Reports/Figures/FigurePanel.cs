using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>One picture of a figure.</summary>
/// <param name="Title">What stands above it; empty if nothing does.</param>
/// <param name="Width">Its width, in CSS pixels.</param>
/// <param name="Height">Its height, likewise.</param>
/// <param name="Draw">Draws it from (0, 0) on any canvas: of a picture, or of an SVG file.</param>
public sealed record FigurePanel(string Title, int Width, int Height, Action<SKCanvas> Draw)
{
    /// <summary>What stands above it; empty if nothing does.</summary>
    public string Title { get; init; } = ShownText.Of(Title, Chart.MostText);
}
