using System.Numerics;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Paints glasses: a gently bent plane before the eyes, and temples that run back to the ears.</summary>
internal static class GlassesPainter
{
    /// <summary>Paints one lens with its rim.</summary>
    /// <param name="head">The head.</param>
    /// <param name="glasses">The glasses.</param>
    /// <param name="side">−1 for the lens on the left of the picture, 1 for that on the right.</param>
    public static void PaintLens(HeadCanvas head, GlassesStyle glasses, int side)
    {
        var eyes = head.Sketch.Eyes;
        using var rim = head.Curve(
            28,
            t =>
            {
                // A superellipse: round for exponent 2, squarer above.
                var (sin, cos) = MathF.SinCos(t * MathF.Tau);
                var power = 2 / glasses.Squareness;
                return At(
                    head,
                    (side * eyes.X) + (glasses.HalfWidth * MathF.CopySign(MathF.Pow(MathF.Abs(cos), power), cos)),
                    eyes.Y + 0.03f + (glasses.HalfHeight * MathF.CopySign(MathF.Pow(MathF.Abs(sin), power), sin)));
            },
            close: true);
        head.Fill(rim, new Vector3(25, 25, 30), glasses.Tint);
        if (glasses.Glare > 0)
        {
            head.Canvas.Save();
            head.Canvas.ClipPath(rim, antialias: true);
            using var glare = head.Curve(1, t => At(
                head,
                (side * eyes.X) + (glasses.HalfWidth * (0.9f - (1.2f * t))),
                eyes.Y + (glasses.HalfHeight * ((1.8f * t) - 0.9f))));
            head.Stroke(glare, new Vector3(250), 0.1f, glasses.Glare);
            head.Canvas.Restore();
        }

        head.Stroke(rim, head.Lit(glasses.Color, side * eyes.X, eyes.Y), glasses.Thickness);
    }

    /// <summary>Paints the piece over the nose.</summary>
    /// <param name="head">The head.</param>
    /// <param name="glasses">The glasses.</param>
    public static void PaintBridge(HeadCanvas head, GlassesStyle glasses)
    {
        var eyes = head.Sketch.Eyes;
        var reach = eyes.X - glasses.HalfWidth;
        using var bridge = head.Curve(
            6, t => At(head, reach * ((2 * t) - 1), eyes.Y - (0.04f * MathF.Sin(t * MathF.PI))));
        head.Stroke(bridge, head.Lit(glasses.Color, 0, eyes.Y), glasses.Thickness);
    }

    /// <summary>Paints one temple.</summary>
    /// <param name="head">The head.</param>
    /// <param name="glasses">The glasses.</param>
    /// <param name="side">−1 or 1.</param>
    public static void PaintTemple(HeadCanvas head, GlassesStyle glasses, int side)
    {
        var eyes = head.Sketch.Eyes;
        var hinge = At(head, side * (eyes.X + glasses.HalfWidth), eyes.Y - 0.02f);
        var ear = new Vector3(side * (head.Surface.HalfWidth + 0.03f), eyes.Y, 0);
        using var temple = head.Curve(1, t => Vector3.Lerp(hinge, ear, t));
        head.Stroke(temple, head.Lit(glasses.Color, side * eyes.X, eyes.Y), glasses.Thickness);
    }

    private static Vector3 At(HeadCanvas head, float x, float y)
    {
        // Clear of the brows and of the bridge of the nose.
        var front = head.Surface.At(0, head.Sketch.Eyes.Y).Z + 0.08f;
        return new Vector3(x, y, front - (0.55f * x * x));
    }
}
