using System.Numerics;
using CrossStitch.Kernels;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Paints what is around a head: the background, shoulders, and what gets in front.</summary>
internal static class ScenePainter
{
    /// <summary>Paints a cluttered background.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="size">Pixels across the picture.</param>
    /// <param name="random">Where it comes from.</param>
    public static void PaintBackground(SKCanvas canvas, int size, SeededRandom random)
    {
        using var gradient = SKShader.CreateLinearGradient(
            Point(size, random), Point(size, random), [Color(random), Color(random)], SKShaderTileMode.Clamp);
        using var backdrop = new SKPaint { Shader = gradient };
        canvas.DrawPaint(backdrop);
        var shapes = random.Next(0, 14);
        for (var shape = 0; shape < shapes; shape++)
        {
            using var paint = new SKPaint { Color = Color(random, random.NextBetween(0.3, 1)), IsAntialias = true };
            var at = Point(size, random);
            var (width, height) = ((float)random.NextBetween(0.03, 0.5) * size, (float)random.NextBetween(0.03, 0.5) * size);
            switch (random.Next(0, 4))
            {
                case 0:
                    canvas.DrawRect(at.X - (width / 2), at.Y - (height / 2), width, height, paint);
                    break;
                case 1:
                    canvas.DrawOval(at.X, at.Y, width / 2, height / 2, paint);
                    break;
                case 2:
                    paint.StrokeWidth = 0.1f * width;
                    canvas.DrawLine(at, Point(size, random), paint);
                    break;
                default:
                    // Something like the cheek of a bystander.
                    paint.Color = HeadLight.ToColor(new Vector3(225, 175, 140) * (float)random.NextBetween(0.3, 1.05));
                    canvas.DrawOval(at.X, at.Y, 0.14f * size, 0.19f * size, paint);
                    break;
            }
        }
    }

    /// <summary>Paints shoulders.</summary>
    /// <param name="head">The head above them.</param>
    /// <param name="random">Where their clothes come from.</param>
    public static void PaintShoulders(HeadCanvas head, SeededRandom random)
    {
        var collar = head.Camera.Project(new Vector3(0, 1.6f + (float)random.NextBetween(-0.1, 0.15), -0.4f));
        var width = (float)random.NextBetween(1.5, 2.1) * head.Camera.Scale;
        using var paint = new SKPaint { Color = Color(random), IsAntialias = true };
        head.Canvas.DrawOval(collar.X, collar.Y + (0.9f * width), width, width, paint);
    }

    /// <summary>Sometimes puts something in front of the face: a hand, hair, a bar, a microphone.</summary>
    /// <param name="head">The head behind it.</param>
    /// <param name="random">Whether and what.</param>
    public static void PaintOcclusion(HeadCanvas head, SeededRandom random)
    {
        if (!random.NextBool(0.18))
        {
            return;
        }

        var at = new Vector2((float)random.NextBetween(-0.75, 0.75), (float)random.NextBetween(-0.5, 1.1));
        var angle = (float)random.NextBetween(0, Math.PI);
        var along = new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        var across = new Vector2(-along.Y, along.X);
        switch (random.Next(0, 4))
        {
            case 0:
                var skin = head.Lit(head.Sketch.Skin, 0, 0) * (float)random.NextBetween(0.75, 1);
                for (var finger = 0; finger < 4; finger++)
                {
                    var root = at + (across * (0.17f * (finger - 1.5f)));
                    var tip = root + (along * (0.55f - (0.06f * MathF.Abs(finger - 1.3f))));
                    Bar(head, root, tip, skin * 0.6f, 0.18f);
                    Bar(head, root, tip, skin, 0.155f);
                }

                break;
            case 1:
                for (var strand = 0; strand < 9; strand++)
                {
                    var x = at.X + (0.04f * strand);
                    var sway = (float)random.NextBetween(-0.15, 0.15);
                    Bar(head, new Vector2(x - sway, -0.9f), new Vector2(x + sway, at.Y + 0.2f), head.Sketch.Hair.Color * 0.9f, 0.035f);
                }

                break;
            case 2:
                Bar(head, at - (along * 3), at + (along * 3), Tone(random), (float)random.NextBetween(0.05, 0.25));
                break;
            default:
                var grip = new Vector2(at.X, MathF.Max(at.Y, 0.75f));
                Bar(head, grip, grip + new Vector2(0.5f * at.X, 2), new Vector3(30), 0.16f);
                Bar(head, grip, grip, new Vector3((float)random.NextBetween(20, 110)), 0.36f);
                break;
        }
    }

    private static void Bar(HeadCanvas head, Vector2 from, Vector2 to, Vector3 color, float width)
    {
        // A little before the nose; the point is on no surface.
        using var path = head.Curve(1, t => new Vector3(Vector2.Lerp(from, to, t), 1.25f));
        head.Stroke(path, color, width);
    }

    private static SKPoint Point(int size, SeededRandom random) =>
        new((float)random.NextDouble() * size, (float)random.NextDouble() * size);

    private static SKColor Color(SeededRandom random, double alpha = 1) => HeadLight.ToColor(Tone(random), (float)alpha);

    private static Vector3 Tone(SeededRandom random)
    {
        // Grayish, as most surroundings are: a level and a little colour.
        var level = (float)random.NextBetween(15, 240);
        return new Vector3(level)
            + new Vector3((float)random.NextBetween(-45, 45), (float)random.NextBetween(-45, 45), (float)random.NextBetween(-45, 45));
    }
}
