using System.Text;
using System.Xml.Linq;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Figures as SVG and as PNG.</summary>
public static class FigureDrawing
{
    private const int Gap = 24;
    private const int TitleHeight = 40;
    private const int PanelTitleHeight = 22;
    private const int KeyHeight = 24;

    /// <summary>A panel as SVG that may stand inside a page.</summary>
    /// <param name="panel">Which.</param>
    /// <param name="id">A name that nothing else on the page has: the names inside begin with it.</param>
    /// <param name="alternative">What it says, for those who do not see it.</param>
    public static XElement PanelSvg(FigurePanel panel, string id, string alternative)
    {
        var svg = SvgCleaning.Clean(Record(panel.Width, panel.Height, panel.Draw), id);
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-labelledby", $"{id}-title");
        svg.AddFirst(new XElement(SvgCleaning.Svg + "title", new XAttribute("id", $"{id}-title"), alternative));
        return svg;
    }

    /// <summary>A mark of a figure's key as SVG that may stand inside a page, for the eyes only.</summary>
    /// <param name="key">Which.</param>
    /// <param name="id">A name that nothing else on the page has.</param>
    public static XElement MarkSvg(FigureKey key, string id)
    {
        var svg = SvgCleaning.Clean(Record(20, 16, canvas => FigureMarks.Draw(canvas, key.Mark, key.Color, 10, 8)), id);
        svg.SetAttributeValue("aria-hidden", "true");
        return svg;
    }

    /// <summary>A whole figure as an SVG file, light and dark.</summary>
    /// <param name="figure">Which.</param>
    /// <param name="networks">The colours of networks, which are others in the dark.</param>
    public static string FileSvg(Figure figure, IEnumerable<FigureColor> networks)
    {
        var (width, height, places) = Arrange(figure);
        var svg = SvgCleaning.Clean(Record(width, height, canvas => Draw(figure, canvas, width, height, places)), figure.Id);
        var ns = SvgCleaning.Svg;
        svg.AddFirst(
            new XElement(ns + "title", figure.Title),
            new XElement(ns + "desc", figure.Alternative),
            new XElement(ns + "style", $"rect{{shape-rendering:crispEdges}}@media (prefers-color-scheme:dark){{{FigurePalette.DarkRules("svg", networks)}}}"));
        svg.SetAttributeValue("role", "img");
        return svg + "\n";
    }

    /// <summary>A whole figure as a PNG file on white, two dots a CSS pixel.</summary>
    /// <param name="figure">Which.</param>
    public static byte[] FilePng(Figure figure)
    {
        const int Scale = 2;
        var (width, height, places) = Arrange(figure);
        using var surface = SKSurface.Create(new SKImageInfo(width * Scale, height * Scale));
        surface.Canvas.Scale(Scale);
        Draw(figure, surface.Canvas, width, height, places);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static string Record(int width, int height, Action<SKCanvas> draw)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
        {
            draw(canvas);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static (int Width, int Height, IReadOnlyList<SKPointI> Places) Arrange(Figure figure)
    {
        var columns = Math.Min(figure.Columns, figure.Panels.Count);
        var places = new List<SKPointI>();
        var above = figure.Panels.All(panel => panel.Title.Length == 0) ? 0 : PanelTitleHeight;
        var (y, width) = (Gap + TitleHeight, 0);
        foreach (var row in figure.Panels.Chunk(columns))
        {
            var x = Gap;
            foreach (var panel in row)
            {
                places.Add(new SKPointI(x, y + above));
                x += panel.Width + Gap;
            }

            width = Math.Max(width, x);
            y += above + row.Max(panel => panel.Height) + (Gap / 2);
        }

        var title = MeasureText(figure.Title, FigureFont.SemiBold, 16) + (2 * Gap);
        width = Math.Max(width, (int)Math.Ceiling(title));
        return (width, y + (KeyRows(figure, width).Count * KeyHeight) + (Gap / 2), places);
    }

    private static void Draw(Figure figure, SKCanvas canvas, int width, int height, IReadOnlyList<SKPointI> places)
    {
        using var paper = new SKPaint { Color = Of(FigurePalette.Paper) };
        canvas.DrawRect(0, 0, width, height, paper);
        DrawText(canvas, figure.Title, Gap, Gap + 16, FigureFont.SemiBold, 16, FigurePalette.Ink);
        foreach (var (panel, place) in figure.Panels.Zip(places))
        {
            DrawText(canvas, panel.Title, place.X, place.Y - 6, FigureFont.SemiBold, 13, FigurePalette.Ink);
            canvas.Save();
            canvas.Translate(place.X, place.Y);
            panel.Draw(canvas);
            canvas.Restore();
        }

        var rows = KeyRows(figure, width);
        var y = height - (Gap / 2) - (rows.Count * KeyHeight);
        foreach (var row in rows)
        {
            foreach (var (key, x) in row)
            {
                FigureMarks.Draw(canvas, key.Mark, key.Color, x + 10, y + (KeyHeight / 2));
                DrawText(canvas, key.Text, x + 26, y + (KeyHeight / 2) + 4, FigureFont.Regular, Chart.TextSize, FigurePalette.Ink);
            }

            y += KeyHeight;
        }
    }

    private static List<List<(FigureKey Key, float X)>> KeyRows(Figure figure, int width)
    {
        var rows = new List<List<(FigureKey, float)>>();
        var x = float.MaxValue;
        foreach (var key in figure.Key)
        {
            var wanted = 26 + MeasureText(key.Text, FigureFont.Regular, Chart.TextSize) + Gap;
            if (x + wanted > width)
            {
                rows.Add([]);
                x = Gap;
            }

            rows[^1].Add((key, x));
            x += wanted;
        }

        return rows;
    }

    private static float MeasureText(string text, SKTypeface typeface, float size)
    {
        using var font = new SKFont(typeface, size);
        return font.MeasureText(text);
    }

    private static void DrawText(SKCanvas canvas, string text, float x, float y, SKTypeface typeface, float size, FigureColor color)
    {
        using var font = new SKFont(typeface, size);
        using var paint = new SKPaint { Color = Of(color), IsAntialias = true };
        canvas.DrawText(text, x, y, font, paint);
    }

    /// <summary>A colour as Skia takes it: as it is on white.</summary>
    /// <param name="color">Which.</param>
    public static SKColor Of(FigureColor color) => SKColor.Parse(color.Light);
}
