using System.Numerics;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Draws lines and areas that are given on a head, as its camera and light show them.</summary>
internal sealed class HeadCanvas(SKCanvas canvas, FaceSketch sketch, HeadCamera camera, HeadLight light)
{
    /// <summary>Where the head is drawn.</summary>
    public SKCanvas Canvas { get; } = canvas;

    /// <summary>The head.</summary>
    public FaceSketch Sketch { get; } = sketch;

    /// <summary>Who looks.</summary>
    public HeadCamera Camera { get; } = camera;

    /// <summary>What shines.</summary>
    public HeadLight Light { get; } = light;

    /// <summary>The head's surface.</summary>
    public HeadSurface Surface { get; } = new HeadSurface(sketch);

    /// <summary>A curve in the picture.</summary>
    /// <param name="steps">How many pieces.</param>
    /// <param name="point">Its points in the head's frame, from 0 to 1.</param>
    /// <param name="close">Whether it returns to its start.</param>
    public SKPath Curve(int steps, Func<float, Vector3> point, bool close = false)
    {
        var path = new SKPath();
        for (var step = 0; step <= steps; step++)
        {
            var at = Camera.Project(point((float)step / steps));
            if (step == 0)
            {
                path.MoveTo(at);
            }
            else
            {
                path.LineTo(at);
            }
        }

        if (close)
        {
            path.Close();
        }

        return path;
    }

    /// <summary>An ellipse on the front of the head.</summary>
    /// <param name="x">Centre.</param>
    /// <param name="y">Centre.</param>
    /// <param name="halfWidth">Half its width.</param>
    /// <param name="halfHeight">Half its height.</param>
    public SKPath Ellipse(float x, float y, float halfWidth, float halfHeight) => Curve(
        16,
        t =>
        {
            var (sin, cos) = MathF.SinCos(t * MathF.Tau);
            return Surface.At(x + (halfWidth * cos), y + (halfHeight * sin));
        },
        close: true);

    /// <summary>Fills an area.</summary>
    /// <param name="path">Its outline.</param>
    /// <param name="color">Its colour, light included.</param>
    /// <param name="alpha">Opacity.</param>
    /// <param name="soft">How far its edge fades, in head units.</param>
    public void Fill(SKPath path, Vector3 color, float alpha = 1, float soft = 0)
    {
        using var paint = new SKPaint { Color = HeadLight.ToColor(color, alpha), IsAntialias = true };
        using var blur = soft > 0 ? SKMaskFilter.CreateBlur(SKBlurStyle.Normal, soft * Camera.Scale) : null;
        paint.MaskFilter = blur;
        Canvas.DrawPath(path, paint);
    }

    /// <summary>Draws a line.</summary>
    /// <param name="path">Where.</param>
    /// <param name="color">Its colour, light included.</param>
    /// <param name="width">In head units.</param>
    /// <param name="alpha">Opacity.</param>
    public void Stroke(SKPath path, Vector3 color, float width, float alpha = 1)
    {
        using var paint = new SKPaint
        {
            Color = HeadLight.ToColor(color, alpha),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width * Camera.Scale,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        Canvas.DrawPath(path, paint);
    }

    /// <summary>A colour in the light at a point of the front.</summary>
    /// <param name="color">The colour before light.</param>
    /// <param name="x">To the right.</param>
    /// <param name="y">Down.</param>
    public Vector3 Lit(Vector3 color, float x, float y)
    {
        const float Step = 0.03f;
        var normal = Vector3.Cross(
            Surface.At(x + Step, y) - Surface.At(x - Step, y), Surface.At(x, y + Step) - Surface.At(x, y - Step));
        var shaded = Light.Shade(color, Camera.Turn(Vector3.Normalize(normal)));
        return new Vector3(shaded.Red, shaded.Green, shaded.Blue);
    }
}
