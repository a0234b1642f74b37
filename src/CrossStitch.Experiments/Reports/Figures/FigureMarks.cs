using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Draws the marks of a key.</summary>
internal static class FigureMarks
{
    /// <summary>Draws a mark around a point.</summary>
    public static void Draw(SKCanvas canvas, FigureMark mark, FigureColor color, float x, float y)
    {
        using var fill = new SKPaint { Color = FigureDrawing.Of(color), IsAntialias = true };
        using var line = new SKPaint { Color = fill.Color, IsAntialias = true, IsStroke = true, StrokeWidth = 2 };
        switch (mark)
        {
            case FigureMark.Line:
                canvas.DrawLine(x - 9, y, x + 9, y, line);
                break;
            case FigureMark.Dashes:
                canvas.DrawLine(x - 9, y, x - 2, y, line);
                canvas.DrawLine(x + 2, y, x + 9, y, line);
                break;
            case FigureMark.Dot:
                canvas.DrawCircle(x, y, 4, fill);
                break;
            case FigureMark.Ring:
                canvas.DrawCircle(x, y, 4, line);
                break;
            case FigureMark.Square:
                canvas.DrawRect(x - 6, y - 6, 12, 12, fill);
                break;
            case FigureMark.Cross:
                canvas.DrawLine(x - 4, y - 4, x + 4, y + 4, line);
                canvas.DrawLine(x - 4, y + 4, x + 4, y - 4, line);
                break;
            case FigureMark.Diamond:
                using (var diamond = new SKPath())
                {
                    diamond.AddPoly([new(x - 5, y), new(x, y - 5), new(x + 5, y), new(x, y + 5)]);
                    canvas.DrawPath(diamond, line);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark));
        }
    }
}
