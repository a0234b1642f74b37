using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>
/// Draws pictures without faces: clouds and rough ground, stripes, heaps of leaves and stones, and rows of signs as of a text, a
/// facade or a playing card. What photos of faces have little of behind the faces.
/// </summary>
internal static class DrawnBackground
{
    private const double Rows = 0.4;
    private const double Heaps = 0.75;
    private const double Mirrored = 0.15;

    /// <summary>Draws one.</summary>
    /// <param name="random">The randomness: the same draws the same.</param>
    /// <param name="side">Its width and height in pixels.</param>
    public static GrayImage Draw(SeededRandom random, int side)
    {
        var canvas = new DrawnCanvas(side, side);
        canvas.Noise(random, Power(random, 4, side), Math.Pow(4, random.NextBetween(-1, 1) * random.NextDouble()), random.NextBetween(0.3, 0.95));
        if (random.NextBool(0.3))
        {
            Tones(canvas, random);
        }

        if (random.NextBool(0.2))
        {
            Stripes(canvas, random);
        }

        if (random.NextBool(Heaps))
        {
            Heap(canvas, random);
        }

        if (random.NextBool(Rows))
        {
            SignRows(canvas, random);
        }

        if (random.NextBool(Mirrored))
        {
            canvas.Mirror();
        }

        for (var blurs = random.Next(0, 3); blurs > 0; blurs--)
        {
            canvas.Blur();
        }

        var (light, contrast, grain) = ((float)random.NextBetween(-0.25, 0.25), (float)Math.Pow(2, random.NextBetween(-1.2, 0.8)), random.NextBool(0.3) ? (float)random.NextBetween(0, 0.12) : 0);
        var (right, down) = ((float)random.NextBetween(-0.3, 0.3) / side, (float)random.NextBetween(-0.3, 0.3) / side);
        canvas.Map((level, x, y) => 0.5f + light + (contrast * (level - 0.5f)) + (right * (x - (side / 2))) + (down * (y - (side / 2))) + (grain > 0 ? grain * (float)random.NextGaussian() : 0));
        return canvas.ToImage();
    }

    private static double Power(SeededRandom random, double low, double high) => low * Math.Pow(high / low, random.NextDouble());

    /// <summary>A few flat tones instead of many.</summary>
    private static void Tones(DrawnCanvas canvas, SeededRandom random)
    {
        var tones = random.Next(1, 5);
        canvas.Map((level, _, _) => MathF.Round(Math.Clamp(level, 0, 1) * tones) / tones);
    }

    private static void Stripes(DrawnCanvas canvas, SeededRandom random)
    {
        var crossed = random.NextBool(0.4);
        var angle = random.NextBool() ? 0 : random.NextBetween(0, Math.PI);
        var length = 2 * Math.PI / Power(random, 4, canvas.Width / 2);
        var (sin, cos) = ((float)(length * Math.Sin(angle)), (float)(length * Math.Cos(angle)));
        var (strength, sharp, bend) = ((float)random.NextBetween(0.1, 0.5), random.NextBool() ? 8 : 1, (float)random.NextBetween(0, 4));
        float Wave(float phase) => Math.Clamp(sharp * MathF.Sin(phase), -1, 1);
        canvas.Map((level, x, y) =>
        {
            var (along, across) = ((cos * x) + (sin * y) + (bend * level), (cos * y) - (sin * x));
            return level + (strength * (crossed ? Wave(along) * Wave(across) : Wave(along)));
        });
    }

    /// <summary>Leaves or stones over each other: many small ones and few large ones, as things in photos are.</summary>
    private static void Heap(DrawnCanvas canvas, SeededRandom random)
    {
        var smallest = Power(random, 1.5, 12);
        var largest = Math.Max(2 * smallest, Power(random, 8, canvas.Width / 3.0));
        var slender = random.NextBetween(1, 6);
        var (turned, even) = (random.NextBool(0.8), random.NextBool(0.3));
        var kind = random.NextBool(0.5) ? Outline(random) : 0;
        var covered = random.NextBetween(0.2, 3) * canvas.Width * canvas.Height;
        for (var count = 0; covered > 0 && count < 4000; count++)
        {
            // Sizes by a power law, so that every scale covers the same area.
            var size = even ? smallest * random.NextBetween(1, 2) : 1 / Math.Sqrt(random.NextBetween(1 / (largest * largest), 1 / (smallest * smallest)));
            var narrow = Math.Pow(slender, random.NextDouble());
            covered -= 3 * size * size / narrow;
            canvas.Paint(new DrawnShape(
                (float)random.NextBetween(0, canvas.Width),
                (float)random.NextBetween(0, canvas.Height),
                (float)size,
                (float)(size / narrow),
                turned ? (float)random.NextBetween(0, Math.PI) : random.NextBool() ? MathF.PI / 2 : 0,
                kind > 0 ? kind : Outline(random),
                random.NextBool(0.1) ? (float)random.NextBetween(0.3, 0.8) : 0,
                (float)random.NextDouble(),
                random.NextBool() ? (float)random.NextBetween(-0.3, 0.3) : 0,
                random.NextBool() ? (float)random.NextBetween(0, 1) : 0));
        }
    }

    private static float Outline(SeededRandom random) => random.Next(0, 4) switch { 0 => 1, 1 => 6, _ => 2 };

    /// <summary>Rows of signs from an alphabet: each some strokes and dots, one half of which may mirror the other.</summary>
    private static void SignRows(DrawnCanvas canvas, SeededRandom random)
    {
        var height = (float)Power(random, 5, canvas.Height / 2);
        var width = height * (float)random.NextBetween(0.5, 1.5);
        var (rowGap, gap, blank, jitter) = ((float)random.NextBetween(1, 1.8), (float)random.NextBetween(1, 1.6), random.NextBetween(0, 0.3), (float)random.NextBetween(0, 0.15));
        var (paper, ink) = ((float)random.NextBetween(0.6, 1.1), (float)random.NextBetween(-0.1, 0.4));
        (paper, ink) = random.NextBool(0.3) ? (ink, paper) : (paper, ink);
        var cover = random.NextBool(0.6) ? (float)random.NextBetween(0.5, 1) : 0;
        canvas.Map((level, _, _) => level + (cover * (paper - level)));
        var signs = new List<List<DrawnShape>>();
        for (var wanted = random.NextBool(0.4) ? 1 : random.Next(2, 24); wanted > 0; wanted--)
        {
            signs.Add(Sign(random, ink, paper));
        }

        for (var y = height * (float)random.NextDouble(); y < canvas.Height + height; y += height * rowGap)
        {
            for (var x = width * (float)random.NextDouble(); x < canvas.Width + width; x += width * gap)
            {
                if (random.NextBool(blank))
                {
                    continue;
                }

                var (offX, offY) = (width * jitter * (float)random.NextGaussian(), height * jitter * (float)random.NextGaussian());
                foreach (var shape in signs[random.Next(0, signs.Count)])
                {
                    canvas.Paint(shape with
                    {
                        X = x + offX + (shape.X * width / 2),
                        Y = y + offY + (shape.Y * height / 2),
                        Across = MathF.Max(0.4f, shape.Across * width / 2),
                        Down = MathF.Max(0.4f, shape.Down * height / 2),
                    });
                }
            }
        }
    }

    /// <summary>A sign in a square from −1 to 1.</summary>
    private static List<DrawnShape> Sign(SeededRandom random, float ink, float paper)
    {
        var shapes = new List<DrawnShape>();
        if (random.NextBool(0.3))
        {
            // A frame or a plate.
            shapes.Add(new(0, 0, 0.95f, 0.95f, 0, random.NextBool() ? 8 : 2, random.NextBool(0.7) ? 0.85f : 0, random.NextBool() ? ink : paper, 0, 0));
        }

        var thin = (float)random.NextBetween(0.05, 0.2);
        var mirrored = random.NextBool(0.4);
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var (x, y) = ((float)random.NextBetween(-0.8, 0.8), (float)random.NextBetween(-0.8, 0.8));
            var shape = random.Next(0, 3) switch
            {
                0 => new DrawnShape(x, y, (float)random.NextBetween(0.1, 0.35), (float)random.NextBetween(0.1, 0.35), 0, Outline(random), random.NextBool(0.3) ? 0.5f : 0, ink, 0, 0),
                1 => new DrawnShape(x / 2, y / 2, (float)random.NextBetween(0.3, 0.7), (float)random.NextBetween(0.3, 0.7), 0, 2, 1 - thin, ink, 0, 0),
                _ => new DrawnShape(x, y, (float)random.NextBetween(0.3, 0.9), thin, random.NextBool(0.6) ? (random.NextBool() ? 0 : MathF.PI / 2) : (float)random.NextBetween(0, Math.PI), 6, 0, ink, 0, 0),
            };
            shapes.Add(shape);
            if (mirrored)
            {
                shapes.Add(shape with { X = -shape.X, Angle = -shape.Angle });
            }
        }

        return shapes;
    }
}
