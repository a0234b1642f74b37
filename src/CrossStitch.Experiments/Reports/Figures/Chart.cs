using ScottPlot;
using ScottPlot.Rendering.RenderActions;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>A plot of ScottPlot in the looks of the report: no frame, a light grid, the report's font and colours.</summary>
public sealed class Chart : IDisposable
{
    /// <summary>Size of the text, in CSS pixels.</summary>
    public const float TextSize = 12;

    /// <summary>The most characters of a text in a picture.</summary>
    internal const int MostText = 200;

    /// <summary>The most characters of a name beside an axis, which takes its room from what the chart shows.</summary>
    internal const int MostName = 60;

    /// <summary>Between an axis and its numbers, in pixels.</summary>
    private const float NumberGap = 8;

    /// <summary>The same, and beyond the numbers room for what the axis measures.</summary>
    private const float AxisLabelRoom = 32;

    private readonly Plot _plot = new();
    private readonly List<(string Text, Coordinates At, FigureColor Color, Alignment Alignment, bool Bold, float Offset, float Rise)> _texts = [];

    private PixelPadding _room;
    private float _widestAcross;
    private float _widestUp;

    private Chart()
    {
        _ = FigureFont.Regular;

        // A chart stands on a canvas that others draw on too, and on whatever the page's colour is.
        _plot.RenderManager.Remove<ClearCanvas>();
        _plot.RenderManager.Remove<RenderFigureBackground>();
        _plot.RenderManager.Remove<RenderDataBackground>();
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
            axis.MajorTickStyle.Width = 0;
            axis.TickLabelStyle.FontName = FigureFont.Family;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Of(FigurePalette.Muted);
            axis.Label.FontName = FigureFont.Family;
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Of(FigurePalette.Muted);
        }
    }

    /// <summary>A chart as a panel of a figure.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="build">Puts into it what it shows; called for each drawing.</param>
    public static FigurePanel Panel(string title, int width, int height, Action<Chart> build) => new(title, width, height, canvas =>
    {
        using var chart = new Chart();
        build(chart);
        chart.MakeRoom();

        // ScottPlot draws a plot twice whose limits or size changed since it last did; a figure must be drawn once.
        chart._plot.RenderInMemory(width, height);
        chart._plot.Render(canvas, width, height);
        chart.DrawTexts(canvas);
    });

    /// <summary>A colour of ours as ScottPlot has it.</summary>
    public static Color Of(FigureColor color) => Color.FromHex(color.Light);

    /// <inheritdoc/>
    public void Dispose() => _plot.Dispose();

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

    /// <summary>Room around the axes, in pixels: fixed, so that panels side by side line up; more where the axes' own text needs it.</summary>
    public Chart Room(float left, float right, float bottom, float top)
    {
        _room = new PixelPadding(left, right, bottom, top);
        return this;
    }

    /// <summary>The horizontal axis, once its span is known.</summary>
    /// <param name="label">What it measures.</param>
    /// <param name="format">Format of its numbers.</param>
    /// <param name="ticks">At most how many.</param>
    public Chart Across(string label, string format = "#,0.##", int ticks = 6)
    {
        _plot.Axes.Bottom.Label.Text = ShownText.Of(label, MostText);
        _plot.Axes.Bottom.TickGenerator = Names(LinearTicks.Between(_plot.Axes.Bottom.Min, _plot.Axes.Bottom.Max, ticks, format), out _widestAcross);
        return this;
    }

    /// <summary>The vertical axis, once its span is known.</summary>
    /// <param name="label">What it measures.</param>
    /// <param name="format">Format of its numbers.</param>
    /// <param name="ticks">At most how many.</param>
    public Chart Up(string label, string format = "#,0.##", int ticks = 6)
    {
        _plot.Axes.Left.Label.Text = ShownText.Of(label, MostText);
        _plot.Axes.Left.TickGenerator = Names(LinearTicks.Between(_plot.Axes.Left.Min, _plot.Axes.Left.Max, ticks, format), out _widestUp);
        return this;
    }

    /// <summary>Names in the place of the horizontal axis' numbers.</summary>
    public Chart AcrossNames(string label, IEnumerable<(double At, string Name)> names, float rotation = 0)
    {
        _plot.Axes.Bottom.Label.Text = ShownText.Of(label, MostText);
        _plot.Axes.Bottom.TickGenerator = Names(names, out _);
        _plot.Grid.XAxisStyle.IsVisible = false;
        if (rotation != 0)
        {
            _plot.Axes.Bottom.TickLabelStyle.Rotation = rotation;
            _plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        }

        return this;
    }

    /// <summary>Names in the place of the vertical axis' numbers.</summary>
    public Chart UpNames(string label, IEnumerable<(double At, string Name)> names)
    {
        _plot.Axes.Left.Label.Text = ShownText.Of(label, MostText);
        _plot.Axes.Left.TickGenerator = Names(names, out _widestUp);
        _plot.Grid.YAxisStyle.IsVisible = false;
        return this;
    }

    /// <summary>Chosen places on the vertical axis, with their names and lines of the grid.</summary>
    public Chart UpTicks(string label, IEnumerable<(double At, string Name)> ticks)
    {
        _plot.Axes.Left.Label.Text = ShownText.Of(label, MostText);
        _plot.Axes.Left.TickGenerator = Names(ticks, out _widestUp);
        return this;
    }

    /// <summary>Leaves the lines of the grid out.</summary>
    public Chart NoGrid()
    {
        _plot.HideGrid();
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
        var band = _plot.Add.Polygon(
            [.. xs.Zip(low, (x, y) => new Coordinates(x, y)), .. xs.Zip(high, (x, y) => new Coordinates(x, y)).Reverse()]);
        band.FillColor = Of(color).WithAlpha(opacity);
        band.LineWidth = 0;
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
        marker.MarkerLineWidth = mark is FigureMark.Diamond or FigureMark.Cross ? 1.75f : 0;
        if (mark == FigureMark.Ring)
        {
            marker.MarkerFillColor = Of(FigurePalette.Paper);
            marker.MarkerStyle.OutlineColor = Of(color);
            marker.MarkerStyle.OutlineWidth = 1.75f;
        }
    }

    /// <summary>Text, also beyond the axes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Where, on the axes.</param>
    /// <param name="y">Where, on the axes.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="alignment">Which point of the text is there.</param>
    /// <param name="bold">Whether it is heavy.</param>
    /// <param name="offset">How far to the right of there it is moved, in pixels.</param>
    /// <param name="rise">How far up, in pixels.</param>
    public void Text(string text, double x, double y, FigureColor color, Alignment alignment, bool bold = false, float offset = 0, float rise = 0)
    {
        _texts.Add((ShownText.Of(text, MostText), new Coordinates(x, y), color, alignment, bold, offset, rise));
    }

    private void DrawTexts(SKCanvas canvas)
    {
        foreach (var (text, at, color, alignment, bold, offset, rise) in _texts)
        {
            using var font = new SKFont(bold ? FigureFont.SemiBold : FigureFont.Regular, TextSize);
            using var paint = new SKPaint { Color = SKColor.Parse(color.Light), IsAntialias = true };
            var pixel = _plot.GetPixel(at);
            var left = alignment.HorizontalFraction() * font.MeasureText(text);

            // Letters without accents are about 0.72 of the size high.
            var down = alignment.VerticalFraction() * 0.72f * TextSize;
            canvas.DrawText(text, pixel.X + offset - left, pixel.Y + down - rise, font, paint);
        }
    }

    /// <summary>ScottPlot clips what does not fit beside the axes: the numbers of the one axis, half of the other's last number.</summary>
    private void MakeRoom()
    {
        var left = _widestUp + (_plot.Axes.Left.Label.Text.Length > 0 ? AxisLabelRoom : NumberGap);
        var half = (_widestAcross / 2) + 1;
        _plot.Layout.Fixed(new PixelPadding(
            Math.Max(_room.Left, Math.Max(left, half)), Math.Max(_room.Right, half), _room.Bottom, _room.Top));
    }

    private static NumericManual Names(IEnumerable<(double At, string Name)> names, out float widest)
    {
        using var font = new SKFont(FigureFont.Regular, TextSize);
        var ticks = names.Select(name => new Tick(name.At, ShownText.Of(name.Name, MostName))).ToArray();
        widest = ticks.Select(tick => font.MeasureText(tick.Label)).DefaultIfEmpty().Max();
        return new NumericManual(ticks);
    }
}
