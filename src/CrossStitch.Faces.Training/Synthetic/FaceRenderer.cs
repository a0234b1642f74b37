using System.Numerics;
using CrossStitch.Kernels;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Paints a head, far parts first, and says where its landmarks are.</summary>
internal static class FaceRenderer
{
    private const int Columns = 37;
    private const int Rows = 36;

    /// <summary>The landmarks in the picture: the points of the head on which the features are painted.</summary>
    /// <param name="sketch">The head.</param>
    /// <param name="camera">Who looks.</param>
    public static FaceLandmarks Locate(FaceSketch sketch, HeadCamera camera)
    {
        var surface = new HeadSurface(sketch);
        var eyes = sketch.Eyes;
        var (left, right) = (FeaturePainter.LeftCorner(sketch.Mouth), FeaturePainter.RightCorner(sketch.Mouth));
        return new FaceLandmarks(
            camera.Locate(surface.At(-eyes.X, eyes.Y)),
            camera.Locate(surface.At(eyes.X, eyes.Y)),
            camera.Locate(surface.At(0, sketch.Head.NoseTipY)),
            camera.Locate(surface.At(left.X, left.Y)),
            camera.Locate(surface.At(right.X, right.Y)));
    }

    /// <summary>Paints a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="random">Where the strands of its hair come from.</param>
    public static void Paint(HeadCanvas head, SeededRandom random)
    {
        var hair = new HairPainter(head, random);
        var skull = Skull(head);

        // The side of the head that is turned away from the camera; what is there goes first.
        var far = head.Camera.Yaw < 0 ? -1 : 1;
        var turned = MathF.Abs(head.Camera.Yaw) > 10;
        hair.PaintBack();
        PaintNeck(head);
        PaintEar(head, far);
        if (!turned)
        {
            PaintEar(head, -far);
        }

        skull.DrawFront(head.Canvas);
        FeaturePainter.PaintEye(head, far);
        FeaturePainter.PaintEye(head, -far);
        FeaturePainter.PaintMouth(head);
        if (head.Sketch.Glasses is { } farGlasses)
        {
            GlassesPainter.PaintLens(head, farGlasses, far);
        }

        // Again, for the nose hides part of the far eye.
        var nose = head.Sketch.Head;
        skull.DrawFront(head.Canvas, point =>
            point.Z > 0 && MathF.Abs(point.X) < 1.9f * nose.NoseWidth && point.Y > -0.1f && point.Y < nose.NoseTipY + 0.08f);
        FeaturePainter.PaintNose(head);
        if (turned)
        {
            PaintEar(head, -far);
        }

        if (head.Sketch.Glasses is { } glasses)
        {
            GlassesPainter.PaintBridge(head, glasses);
            GlassesPainter.PaintLens(head, glasses, -far);
            GlassesPainter.PaintTemple(head, glasses, -far);
            if (!turned)
            {
                GlassesPainter.PaintTemple(head, glasses, far);
            }
        }

        hair.PaintFront();
    }

    private static GridMesh Skull(HeadCanvas head)
    {
        var surface = head.Surface;
        var points = new Vector3[Rows * Columns];
        for (var i = 0; i < points.Length; i++)
        {
            // Columns close together on the front, rows on the face, where the bumps are.
            var around = (2f * (i % Columns) / (Columns - 1)) - 1;
            var angle = MathF.PI * ((0.4f * around) + (0.6f * around * around * around));
            points[i] = surface.Around(Height(surface, (float)(i / Columns) / (Rows - 1)), angle);
        }

        return new GridMesh(points, Columns, head.Camera, head.Light, point => Paint(head.Sketch, point));
    }

    private static float Height(HeadSurface surface, float share)
    {
        const float BrowY = -0.3f;
        const float MouthY = 0.8f;
        return share switch
        {
            < 0.2f => HeadSurface.Crown + ((BrowY - HeadSurface.Crown) * MathF.Sin(share / 0.2f * MathF.PI / 2)),
            < 0.85f => BrowY + ((MouthY - BrowY) * (share - 0.2f) / 0.65f),
            _ => MouthY + ((surface.Chin - MouthY) * MathF.Sin((share - 0.85f) / 0.15f * MathF.PI / 2)),
        };
    }

    /// <summary>The skin's own colour at a point: blushed cheeks, a beard around mouth and jaw.</summary>
    private static Vector3 Paint(FaceSketch sketch, Vector3 point)
    {
        var mouth = sketch.Mouth;
        var color = sketch.Skin;
        var cheek = MathF.Exp(-20 * (Square(MathF.Abs(point.X) - 0.42f) + Square(point.Y - 0.32f)));
        color += new Vector3(60, -30, -25) * (sketch.Blush * 3 * cheek);
        if (mouth.Beard > 0 && point.Z > 0)
        {
            var jaw = Math.Clamp((point.Y - 0.3f - (0.35f * Math.Clamp(1 - (MathF.Abs(point.X) / 0.5f), 0, 1))) / 0.12f, 0, 1);
            var grain = 0.85f + (0.15f * MathF.Sin(point.X * 61) * MathF.Sin(point.Y * 67));
            color = Vector3.Lerp(color, sketch.Eyes.BrowColor, 0.8f * mouth.Beard * jaw * grain);
        }

        return color;
    }

    private static void PaintEar(HeadCanvas head, int side)
    {
        Vector3 Rim(float t, float size)
        {
            var (sin, cos) = MathF.SinCos(t * MathF.Tau);
            return new Vector3(
                side * (head.Surface.HalfWidth + 0.01f - (0.05f * cos)), 0.12f + (0.2f * size * sin), -0.05f + (0.12f * size * cos));
        }

        var skin = head.Lit(head.Sketch.Skin, side * 0.6f, 0.1f);
        using var outer = head.Curve(16, t => Rim(t, 1), close: true);
        using var inner = head.Curve(16, t => Rim(t, 0.55f), close: true);
        head.Fill(outer, skin * 0.92f);
        head.Fill(inner, skin * 0.65f, 0.7f, soft: 0.02f);
    }

    private static void PaintNeck(HeadCanvas head)
    {
        // A round column looks equally wide from every side, so its edges are set off in the picture, not on the head.
        var half = (0.44f + (0.1f * (head.Sketch.Head.JawSquareness - 2))) * head.Camera.Scale;
        var top = head.Camera.Project(new Vector3(0, 0.6f, -0.15f));
        var bottom = head.Camera.Project(new Vector3(0, 2.4f, -0.4f));
        using var neck = new SKPath();
        neck.AddPoly([new(top.X - half, top.Y), new(top.X + half, top.Y), new(bottom.X + half, bottom.Y), new(bottom.X - half, bottom.Y)]);
        var shade = 0.75f * (head.Light.Ambient + (0.4f * head.Light.Strength));
        head.Fill(neck, head.Sketch.Skin * shade);
    }

    private static float Square(float value) => value * value;
}
