using System.Numerics;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Paints hair as a shell around the head that ends at a hairline, and a hat as another.</summary>
internal sealed class HairPainter
{
    private const int Columns = 41;
    private const int Rows = 16;

    private readonly HeadCanvas _head;
    private readonly GridMesh? _hair;
    private readonly GridMesh? _hat;

    /// <summary>Models the hair of a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="random">Where the strands come from.</param>
    public HairPainter(HeadCanvas head, SeededRandom random)
    {
        _head = head;
        var style = head.Sketch.Hair;
        var shades = new float[Columns];
        for (var column = 0; column < Columns; column++)
        {
            shades[column] = (float)(1 + (0.12 * random.NextGaussian()));
        }

        if (!style.Bald)
        {
            var ruffle = (float)random.NextBetween(0, 0.06);
            _hair = Shell(style.Volume, angle => Hairline(style, angle) + (ruffle * MathF.Sin(angle * 23)), point =>
            {
                var column = (int)((MathF.Atan2(point.X, point.Z) / MathF.Tau + 0.5f) * (Columns - 1));
                return style.Color * shades[column];
            });
        }

        if (style.Hat is { } color)
        {
            _hat = Shell(style.Volume + 0.06f, _ => -0.5f, _ => color);
        }
    }

    /// <summary>Paints what is behind the head.</summary>
    public void PaintBack() => _hair?.DrawBack(_head.Canvas);

    /// <summary>Paints what is before it.</summary>
    public void PaintFront()
    {
        _hair?.DrawFront(_head.Canvas);
        _hat?.DrawFront(_head.Canvas);
        var style = _head.Sketch.Hair;
        if (style.Hat is { } color && style.Brim > 0)
        {
            using var brim = _head.Curve(
                32,
                t =>
                {
                    var inner = t < 0.5f;
                    var angle = ((inner ? 2 * t : 2 - (2 * t)) - 0.5f) * 2.4f;
                    var rim = _head.Surface.Shell(-0.5f, angle, style.Volume + 0.06f);
                    var reach = inner ? 0 : style.Brim * MathF.Cos(angle * 1.2f);
                    return rim + new Vector3(reach * MathF.Sin(angle) * 0.5f, reach * 0.25f, reach);
                },
                close: true);
            _head.Fill(brim, color * 0.6f);
        }
    }

    /// <summary>Where the hair ends, by the angle around the head.</summary>
    private static float Hairline(HairStyle style, float angle)
    {
        // Forehead, temples, beside the face, back of the head; smooth in between.
        var degrees = MathF.Abs(angle) * (180 / MathF.PI);
        var forehead = style.Line + (0.12f * style.Part * MathF.Sin(angle * 2));
        return degrees switch
        {
            < 45 => forehead,
            < 70 => Blend(forehead, MathF.Min(style.Sides, 0.1f), (degrees - 45) / 25),
            < 80 => Blend(MathF.Min(style.Sides, 0.1f), style.Sides, (degrees - 70) / 10),
            < 110 => style.Sides,
            _ => Blend(style.Sides, style.Back, (degrees - 110) / 30),
        };
    }

    private static float Blend(float from, float to, float share)
    {
        var t = Math.Clamp(share, 0, 1);
        return from + ((to - from) * t * t * (3 - (2 * t)));
    }

    private GridMesh Shell(float volume, Func<float, float> end, Func<Vector3, Vector3> paint)
    {
        var points = new Vector3[Rows * Columns];
        for (var i = 0; i < points.Length; i++)
        {
            var angle = (((float)(i % Columns) / (Columns - 1)) - 0.5f) * MathF.Tau;

            // Rows close together at the crown, where the shell bends most.
            var down = (float)(i / Columns) / (Rows - 1);
            var y = HeadSurface.Crown + ((end(angle) - HeadSurface.Crown) * down * down);
            points[i] = _head.Surface.Shell(y, angle, volume);
        }

        return new GridMesh(points, Columns, _head.Camera, _head.Light, paint);
    }
}
