using System.Numerics;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Paints what is on the front of a head: eyes, brows, nostrils, mouth, wrinkles.</summary>
internal static class FeaturePainter
{
    private static readonly Vector3 EyeWhite = new(238, 232, 226);
    private static readonly Vector3 Dark = new(22, 14, 12);
    private static readonly Vector3 Gullet = new(60, 18, 18);
    private static readonly Vector3 Tooth = new(240, 234, 220);

    /// <summary>Paints one eye and its brow.</summary>
    /// <param name="head">The head.</param>
    /// <param name="side">−1 for the eye on the left of the picture, 1 for that on the right.</param>
    public static void PaintEye(HeadCanvas head, int side)
    {
        var eyes = head.Sketch.Eyes;
        var (x, y) = (side * eyes.X, eyes.Y);
        var skin = head.Lit(head.Sketch.Skin, x, y);
        var height = eyes.HalfHeight * eyes.Openness;

        using (var socket = head.Ellipse(x, y - 0.02f, eyes.HalfWidth * 1.25f, eyes.HalfHeight * 2))
        {
            head.Fill(socket, skin * (0.72f - (0.25f * eyes.Lashes)), 0.55f, soft: 0.03f);
        }

        // Two arcs that meet in the eye's corners: the lid above is rounder than the one below.
        Vector3 Lid(float t, float arch) =>
            head.Surface.At(x + (eyes.HalfWidth * ((2 * t) - 1)), y - (arch * height * 4 * t * (1 - t)));
        using var upper = head.Curve(10, t => Lid(t, 1));
        if (eyes.Openness > 0)
        {
            using var opening = head.Curve(20, t => t < 0.5f ? Lid(2 * t, 1) : Lid(2 - (2 * t), -0.8f), close: true);
            head.Fill(opening, head.Lit(EyeWhite, x, y));
            head.Canvas.Save();
            head.Canvas.ClipPath(opening, antialias: true);
            var (pupilX, pupilY) = (x + eyes.Gaze.X, y + eyes.Gaze.Y);
            using var iris = head.Ellipse(pupilX, pupilY, 0.068f, 0.068f);
            using var pupil = head.Ellipse(pupilX, pupilY, 0.034f, 0.034f);
            using var shadow = head.Curve(10, t => Lid(t, 0.9f));
            head.Fill(iris, head.Lit(eyes.Iris, x, y));
            head.Fill(pupil, Dark);
            head.Stroke(shadow, Dark, 0.03f, 0.45f);
            head.Canvas.Restore();
            using var lower = head.Curve(10, t => Lid(t, -0.8f));
            head.Stroke(lower, skin * 0.5f, 0.012f, 0.6f);
        }

        head.Stroke(upper, Vector3.Lerp(skin * 0.35f, Dark, eyes.Lashes), 0.02f + (0.03f * eyes.Lashes));
        PaintBrow(head, side);
    }

    /// <summary>Paints nostrils and the nose's sides.</summary>
    /// <param name="head">The head.</param>
    public static void PaintNose(HeadCanvas head)
    {
        var shape = head.Sketch.Head;
        var skin = head.Lit(head.Sketch.Skin, 0, shape.NoseTipY + 0.06f);
        for (var side = -1; side <= 1; side += 2)
        {
            using var nostril = head.Ellipse(side * shape.NoseWidth * 0.6f, shape.NoseTipY + 0.062f, shape.NoseWidth * 0.32f, 0.022f);
            head.Fill(nostril, skin * 0.3f, 0.85f, soft: 0.008f);
            using var wing = head.Curve(8, t => head.Surface.At(
                side * shape.NoseWidth * (1.25f + (0.35f * MathF.Sin(t * MathF.PI))), shape.NoseTipY - 0.06f + (0.13f * t)));
            head.Stroke(wing, skin * 0.55f, 0.016f, 0.6f);
        }
    }

    /// <summary>Paints the mouth.</summary>
    /// <param name="head">The head.</param>
    public static void PaintMouth(HeadCanvas head)
    {
        var mouth = head.Sketch.Mouth;
        var color = head.Lit(mouth.Color, 0, mouth.Y);
        var (left, right) = (LeftCorner(mouth), RightCorner(mouth));

        // Between the corners the line of the lips hangs like a parabola; every other line is that one, moved in its middle.
        Vector3 Line(float t, float drop, float cupid = 0)
        {
            var arch = 4 * t * (1 - t);
            var corner = Vector2.Lerp(left, right, t);
            var bow = cupid * MathF.Exp(-MathF.Pow((t - 0.5f) / 0.07f, 2));
            return head.Surface.At(corner.X, corner.Y + (arch * (mouth.Y - ((left.Y + right.Y) / 2) + drop)) + bow);
        }

        var gap = mouth.Open / 2;
        using var lips = head.Curve(
            32,
            t => t < 0.5f ? Line(2 * t, -gap - (0.9f * mouth.Fullness), 0.02f) : Line(2 - (2 * t), gap + (1.2f * mouth.Fullness)),
            close: true);
        head.Fill(lips, color);
        using var below = head.Curve(8, t => Line(0.25f + (0.5f * t), gap + (1.2f * mouth.Fullness) + 0.035f));
        head.Stroke(below, color * 0.6f, 0.03f, 0.25f);
        if (mouth.Open > 0)
        {
            using var opening = head.Curve(32, t => t < 0.5f ? Line(2 * t, -gap) : Line(2 - (2 * t), gap), close: true);
            head.Fill(opening, Gullet);
            if (mouth.Teeth)
            {
                using var teeth = head.Curve(
                    32, t => t < 0.5f ? Line(2 * t, -gap) : Line(2 - (2 * t), -gap + (0.75f * mouth.Open)), close: true);
                head.Fill(teeth, head.Lit(Tooth, 0, mouth.Y));
            }
        }
        else
        {
            using var line = head.Curve(16, t => Line(t, 0, 0.01f));
            head.Stroke(line, color * 0.4f, 0.022f);
        }

        PaintFolds(head, left, right);
    }

    /// <summary>The left mouth corner, on the front of the head.</summary>
    /// <param name="mouth">The mouth.</param>
    public static Vector2 LeftCorner(MouthShape mouth) => new(-mouth.HalfWidth, mouth.Y - mouth.CornerLift + mouth.CornerTilt);

    /// <summary>The right mouth corner, on the front of the head.</summary>
    /// <param name="mouth">The mouth.</param>
    public static Vector2 RightCorner(MouthShape mouth) => new(mouth.HalfWidth, mouth.Y - mouth.CornerLift - mouth.CornerTilt);

    private static void PaintBrow(HeadCanvas head, int side)
    {
        var eyes = head.Sketch.Eyes;
        Vector3 Edge(float t, float thickness) => head.Surface.At(
            side * (eyes.X - 0.17f + (0.37f * t)),
            eyes.Y - eyes.BrowHeight - (0.05f * MathF.Sin(t * MathF.PI * 0.8f)) - (eyes.BrowTilt * (t - 0.5f)) + thickness,
            lift: 0.01f);
        var half = eyes.BrowThickness / 2;
        using var brow = head.Curve(
            24, t => t < 0.5f ? Edge(2 * t, -half) : Edge(2 - (2 * t), half * (t < 0.6f ? (t - 0.5f) * 10 : 1)), close: true);
        head.Fill(brow, head.Lit(eyes.BrowColor, side * eyes.X, eyes.Y - eyes.BrowHeight), 0.85f, soft: 0.008f);
    }

    private static void PaintFolds(HeadCanvas head, Vector2 left, Vector2 right)
    {
        var (sketch, shape) = (head.Sketch, head.Sketch.Head);
        foreach (var (corner, side) in new[] { (left, -1), (right, 1) })
        {
            var start = new Vector2(side * shape.NoseWidth * 1.5f, shape.NoseTipY + 0.02f);
            var end = corner + new Vector2(side * 0.09f, 0.04f);
            using var fold = head.Curve(10, t =>
            {
                var at = Vector2.Lerp(start, end, t) + new Vector2(side * 0.05f * MathF.Sin(t * MathF.PI), 0);
                return head.Surface.At(at.X, at.Y);
            });
            head.Stroke(fold, head.Lit(sketch.Skin, corner.X, corner.Y) * 0.55f, 0.022f, 0.75f * sketch.Wrinkles);
        }
    }
}
