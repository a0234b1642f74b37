using ScottPlot;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>
/// Networks below each other, each a dot with its interval on one axis, and a line to compare them with. On a phone, where
/// the whole would scroll until the line is out of sight, names stand above their dots.
/// </summary>
/// <param name="Rows">From top to bottom.</param>
/// <param name="Axis">What the axis measures.</param>
/// <param name="Format">How its numbers are written.</param>
/// <param name="Reference">Where the line is, on the axis.</param>
internal sealed record RowChart(IReadOnlyList<RowChart.Row> Rows, string Axis, string Format, double Reference)
{
    private const int NarrowWidth = 360;

    /// <summary>Whether it says on which side of the line is better, which takes a row of its own.</summary>
    public bool SaysBetter { get; init; }

    /// <summary>Whether better is to the right.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>Room for the names, in pixels.</summary>
    public int NameRoom { get; init; } = 176;

    /// <summary>Room for the numbers, in pixels.</summary>
    public int NumberRoom { get; init; } = 12;

    /// <summary>The chart for wide screens and for files.</summary>
    public FigurePanel Wide() => Chart.Panel("", 860, 54 + (SaysBetter ? 20 : 0) + (24 * Rows.Count), chart =>
    {
        var (_, right, top) = Frame(chart, 0.6);
        chart.Segment(Reference, -0.6, Reference, top, FigurePalette.Baseline, 1.5f);
        chart.Room(NameRoom, NumberRoom, 44, 6).Across(Axis, Format).UpNames("", Rows.Select((row, i) => ((double)Y(i), row.Name)));
        for (var i = 0; i < Rows.Count; i++)
        {
            Draw(chart, i);
            chart.Text(Rows[i].Numbers, right, Y(i), FigurePalette.Ink, Alignment.MiddleLeft, offset: 10);
        }
    });

    /// <summary>The chart for narrow screens.</summary>
    public FigurePanel Narrow() => Chart.Panel("", NarrowWidth, 60 + (SaysBetter ? 20 : 0) + (40 * Rows.Count), chart =>
    {
        var (left, right, top) = Frame(chart, 0.8);
        chart.Room(8, 8, 44, 6).Across(Axis, Format, 5).UpNames("", []).NoGrid();
        if (SaysBetter)
        {
            chart.Segment(Reference, top - 0.45, Reference, top, FigurePalette.Baseline, 1.5f);
        }

        for (var i = 0; i < Rows.Count; i++)
        {
            // In pieces, so that it does not strike the names through.
            chart.Segment(Reference, Y(i) - 0.25, Reference, Y(i) + 0.12, FigurePalette.Baseline, 1.5f);
            Draw(chart, i);
            chart.Text(Rows[i].Name, left, Y(i) + 0.2, FigurePalette.Ink, Alignment.LowerLeft);
            chart.Text(Rows[i].Numbers, right, Y(i) + 0.2, FigurePalette.Muted, Alignment.LowerRight);
        }
    });

    private (double Left, double Right, double Top) Frame(Chart chart, double above)
    {
        var ends = Rows.SelectMany(row => new[] { row.Low, row.High, Reference }).ToList();
        var pad = Math.Max(0.02, 0.07 * (ends.Max() - ends.Min()));
        var (left, right, top) = (ends.Min() - pad, ends.Max() + pad, Rows.Count - 1 + above + (SaysBetter ? 0.8 : 0));
        chart.Span(left, right, -0.6, top);
        if (SaysBetter)
        {
            chart.Text(HigherIsBetter ? "← worse" : "← better", Reference, top - 0.1, FigurePalette.Muted, Alignment.UpperRight, offset: -8);
            chart.Text(HigherIsBetter ? "better →" : "worse →", Reference, top - 0.1, FigurePalette.Muted, Alignment.UpperLeft, offset: 8);
        }

        return (left, right, top);
    }

    private void Draw(Chart chart, int index)
    {
        var row = Rows[index];
        if (row.High > row.Low)
        {
            chart.Segment(row.Low, Y(index), row.High, Y(index), row.Color);
        }

        chart.Mark(row.At, Y(index), row.Color, row.IsOpen ? FigureMark.Ring : FigureMark.Dot);
    }

    private int Y(int row) => Rows.Count - 1 - row;

    /// <summary>A row.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Color">Its network's colour.</param>
    /// <param name="Low">Lower end of its interval; where the dot is if it has none.</param>
    /// <param name="At">Where the dot is.</param>
    /// <param name="High">Upper end of its interval; where the dot is if it has none.</param>
    /// <param name="IsOpen">Whether the dot is a ring.</param>
    /// <param name="Numbers">All this in numbers.</param>
    internal sealed record Row(string Name, FigureColor Color, double Low, double At, double High, bool IsOpen = false, string Numbers = "");
}
