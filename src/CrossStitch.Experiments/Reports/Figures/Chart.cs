using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>A plot of ScottPlot in the looks of the report: no frame, a light grid, the report's font and colours.</summary>
internal sealed class Chart
{
    public const float TextSize = 12;

    private readonly int _width;
    private readonly int _height;
    private readonly Plot _plot = new();

    /// <summary>An empty chart.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">Likewise.</param>
    public Chart(int width, int height)
    {
        (_width, _height) = (width, height);
        _ = FigureFont.Regular;
        _plot.FigureBackground.Color = Colors.Transparent;
        _plot.DataBackground.Color = Colors.Transparent;
        _plot.HideLegend();
        _plot.Axes.Title.IsVisible = false;
        _plot.Axes.Right.IsVisible = false;
        _plot.Axes.Top.IsVisible = false;
        _plot.Grid.MajorLineColor = Of(FigurePalette.Grid);
        _plot.Grid.MajorLineWidth = 1;
        foreach (var axis in new[] { (IAxis)_plot.Axes.Bottom, _plot.Axes.Left })
        {
            axis.FrameLineStyle.Width = 0;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
            axis.TickLabelStyle.FontName = FigureFont.Family;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Of(FigurePalette.Muted);
            axis.Label.FontName = FigureFont.Family;
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Of(FigurePalette.Muted);
        }
    }

    /// <summary>Where things are: what the axes span.</summary>
    /// <param name="left">Least x.</param>
    /// <param name="right">Most x.</param>
    /// <param name="bottom">Least y.</param>
    /// <param name="top">Most y.</param>
    public Chart Span(double left, double right, double bottom, double top)
    {
        _plot.Axes.SetLimits(left, right, bottom, top);
        return this;
    }

    /// <summary>Room around the axes, in pixels: fixed, so that panels side by side line up.</summary>
    public Chart Room(float left, float right, float bottom, float top)
    {
        _plot.Layout.Fixed(new PixelPadding(left, right, bottom, top));
        return this;
    }

    /// <summary>The horizontal axis.</summary>
    /// <param name="label">What it measures.</param>
    /// <param name="format">Format of its numbers.</param>
    /// <param name="ticks">About how many.</param>
    public Chart Across(string label, string format = "0.##", int ticks = 5)
    {
        _plot.Axes.Bottom.Label.Text = label;
        _plot.Axes.Bottom.TickGenerator = Numbers(format, ticks);
        return this;
    }

    /// <summary>The vertical axis.</summary>
    /// <param name="label">What it measures.</param>
    /// <param name="format">Format of its numbers.</param>
    /// <param name="ticks">About how many.</param>
    public Chart Up(string label, string format = "0.##", int ticks = 5)
    {
        _plot.Axes.Left.Label.Text = label;
        _plot.Axes.Left.TickGenerator = Numbers(format, ticks);
        return this;
    }

    /// <summary>Words in the place of the horizontal axis' numbers.</summary>
    public Chart AcrossNames(string label, IEnumerable<(double At, string Name)> names, bool grid = false)
    {
        _plot.Axes.Bottom.Label.Text = label;
        _plot.Axes.Bottom.TickGenerator = Names(names);
        _plot.Grid.XAxisStyle.IsVisible = grid;
        return this;
    }

    /// <summary>Words in the place of the vertical axis' numbers.</summary>
    public Chart UpNames(string label, IEnumerable<(double At, string Name)> names, bool grid = false)
    {
        _plot.Axes.Left.Label.Text = label;
        _plot.Axes.Left.TickGenerator = Names(names);
        _plot.Grid.YAxisStyle.IsVisible = grid;
        return this;
    }

    /// <summary>Only horizontal lines of the grid, or none.</summary>
    public Chart GridLines(bool vertical, bool horizontal)
    {
        _plot.Grid.XAxisStyle.IsVisible = vertical;
        _plot.Grid.YAxisStyle.IsVisible = horizontal;
        return this;
    }

    /// <summary>A line through points.</summary>
    public void Line(IReadOnlyList<double> xs, IReadOnlyList<double> ys, FigureColor color, float width = 2, bool dashed = false, double opacity = 1)
    {
        var line = _plot.Add.ScatterLine(xs.ToArray(), ys.ToArray(), Of(color).WithAlpha(opacity));
        line.LineWidth = width;
        line.LinePattern = dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
    }

    /// <summary>A straight piece.</summary>
    public void Segment(double x1, double y1, double x2, double y2, FigureColor color, float width = 2, bool dashed = false, double opacity = 1) =>
        Line([x1, x2], [y1, y2], color, width, dashed, opacity);

    /// <summary>What lies between two lines.</summary>
    public void Band(IReadOnlyList<double> xs, IReadOnlyList<double> low, IReadOnlyList<double> high, FigureColor color, double opacity = 0.18)
    {
        var band = _plot.Add.FillY(xs.ToArray(), low.ToArray(), high.ToArray());
        band.FillColor = Of(color).WithAlpha(opacity);
        band.LineWidth = 0;
    }

    /// <summary>A box.</summary>
    /// <param name="fill">Its colour, <c>#RRGGBB</c>.</param>
    public void Box(double left, double right, double bottom, double top, string fill, double opacity = 1)
    {
        var box = _plot.Add.Rectangle(left, right, bottom, top);
        box.FillColor = Color.FromHex(fill).WithAlpha(opacity);
        box.LineWidth = 0;
    }

    /// <summary>A mark.</summary>
    public void Mark(double x, double y, FigureColor color, FigureMark mark = FigureMark.Dot, float size = 8)
    {
        var shape = mark switch
        {
            FigureMark.Ring => MarkerShape.FilledCircle,
            FigureMark.Square => MarkerShape.FilledSquare,
            FigureMark.Diamond => MarkerShape.OpenDiamond,
            FigureMark.Cross => MarkerShape.Eks,
            _ => MarkerShape.FilledCircle,
        };
        var marker = _plot.Add.Marker(x, y, shape, size, Of(color));
        marker.MarkerLineWidth = mark is FigureMark.Diamond or FigureMark.Cross or FigureMark.Ring ? 1.75f : 0;
        if (mark == FigureMark.Ring)
        {
            marker.MarkerFillColor = Of(FigurePalette.Paper);
            marker.MarkerLineColor = Of(color);
        }
    }

    /// <summary>Words.</summary>
    public void Text(string text, double x, double y, FigureColor color, Alignment alignment = Alignment.MiddleLeft, float size = TextSize, bool bold = false, float rotation = 0) =>
        Text(text, x, y, Of(color), alignment, size, bold, rotation);

    /// <summary>Words in a colour that is the same in light and dark.</summary>
    public void Text(string text, double x, double y, Color color, Alignment alignment, float size = TextSize, bool bold = false, float rotation = 0)
    {
        var label = _plot.Add.Text(text, x, y);
        label.LabelFontName = FigureFont.Family;
        label.LabelFontColor = color;
        label.LabelFontSize = size;
        label.LabelBold = bold;
        label.LabelAlignment = alignment;
        label.LabelRotation = rotation;
        label.LabelPadding = 0;
    }

    /// <summary>The chart as a panel of a figure.</summary>
    /// <param name="title">What stands above it.</param>
    public FigurePanel Panel(string title) => new(title, _width, _height, canvas => _plot.Render(canvas, _width, _height));

    /// <summary>A colour of ours as ScottPlot has it.</summary>
    public static Color Of(FigureColor color) => Color.FromHex(color.Light);

    private static NumericAutomatic Numbers(string format, int ticks) => new()
    {
        TargetTickCount = ticks,
        MinorTickGenerator = new NoMinorTicks(),
        LabelFormatter = value => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'),
    };

    private static NumericManual Names(IEnumerable<(double At, string Name)> names) =>
        new([.. names.Select(name => new Tick(name.At, name.Name))]);

    private sealed class NoMinorTicks : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorPositions, CoordinateRange visibleRange) => [];
    }
}
