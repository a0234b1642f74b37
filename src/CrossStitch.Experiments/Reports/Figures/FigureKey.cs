namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>What a mark of a figure means.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Text">Its meaning.</param>
public sealed record FigureKey(FigureMark Mark, FigureColor Color, string Text)
{
    /// <summary>Its meaning.</summary>
    public string Text { get; init; } = ShownText.Of(Text, Chart.MostText);
}
