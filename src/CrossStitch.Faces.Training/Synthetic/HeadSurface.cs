using System.Numerics;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>
/// The head as a surface: an ellipsoid whose lower half narrows into a jaw, with smooth bumps on its front for nose,
/// sockets, brows, cheeks, lips and chin. It is given by height and angle around the vertical axis, for the mesh, and by
/// (x, y) on its front, for what is drawn on it; both are one formula.
/// </summary>
internal sealed class HeadSurface
{
    private const float Top = 1.15f;
    private const float Depth = 0.95f;

    private readonly HeadShape _head;
    private readonly (float X, float Y, float SpreadX, float SpreadY, float Height)[] _bumps;

    /// <summary>The surface of a sketch.</summary>
    /// <param name="sketch">The sketch.</param>
    public HeadSurface(FaceSketch sketch)
    {
        _head = sketch.Head;
        var (eyes, mouth) = (sketch.Eyes, sketch.Mouth);
        var smile = MathF.Max(0, mouth.CornerLift);
        _bumps =
        [
            (-eyes.X, eyes.Y, 0.15f, 0.1f, -0.07f),
            (eyes.X, eyes.Y, 0.15f, 0.1f, -0.07f),
            (-eyes.X, eyes.Y - eyes.BrowHeight, 0.2f, 0.07f, _head.BrowRidge),
            (eyes.X, eyes.Y - eyes.BrowHeight, 0.2f, 0.07f, _head.BrowRidge),
            (-0.42f, 0.26f - smile, 0.17f, 0.15f, 0.05f + (0.4f * smile)),
            (0.42f, 0.26f - smile, 0.17f, 0.15f, 0.05f + (0.4f * smile)),
            (0, mouth.Y, 0.22f, 0.1f, 0.06f),
            (0, _head.Chin - 0.12f, 0.16f, 0.1f, 0.08f),
        ];
    }

    /// <summary>Height of the top of the head: its least y.</summary>
    public static float Crown => -Top;

    /// <summary>Height of the chin.</summary>
    public float Chin => _head.Chin;

    /// <summary>Half the head's width.</summary>
    public float HalfWidth => _head.Width;

    /// <summary>The point of the front at (x, y), lifted off the surface towards the front.</summary>
    /// <param name="x">To the right.</param>
    /// <param name="y">Down.</param>
    /// <param name="lift">How far.</param>
    public Vector3 At(float x, float y, float lift = 0)
    {
        var radius = Radius(y);
        var sin = Math.Clamp(x / MathF.Max(Width(y) * radius, 1e-3f), -1, 1);
        return new Vector3(x, y, (Depth * radius * MathF.Sqrt(1 - (sin * sin))) + Bump(x, y) + lift);
    }

    /// <summary>The point at a height and an angle.</summary>
    /// <param name="y">Down.</param>
    /// <param name="angle">Around the vertical axis in radians: 0 is the front, positive to the right.</param>
    public Vector3 Around(float y, float angle)
    {
        var radius = Radius(y);
        var (sin, cos) = MathF.SinCos(angle);
        var x = Width(y) * radius * sin;
        return new Vector3(x, y, (Depth * radius * cos) + (cos > 0 ? Bump(x, y) : 0));
    }

    /// <summary>A point of the smooth shell around the head on which hair lies; below the cheeks it hangs straight.</summary>
    /// <param name="y">Down.</param>
    /// <param name="angle">Around the vertical axis in radians.</param>
    /// <param name="volume">How far off the head.</param>
    public Vector3 Shell(float y, float angle, float volume)
    {
        var radius = y > 0 ? 1 : Radius(y);
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector3(
            (_head.Width + volume) * radius * sin,
            y < 0 ? y * (1 + (volume / Top)) : y,
            (Depth + volume) * radius * cos);
    }

    private float Radius(float y)
    {
        if (y < 0)
        {
            return MathF.Sqrt(MathF.Max(0, 1 - (y * y / (Top * Top))));
        }

        var share = MathF.Min(1, y / _head.Chin);
        return MathF.Pow(MathF.Max(0, 1 - MathF.Pow(share, _head.JawSquareness)), 1 / _head.JawSquareness);
    }

    private float Width(float y)
    {
        var t = Math.Clamp((y - 0.1f) / (_head.Chin - 0.1f), 0, 1);
        return _head.Width * (1 - (_head.JawTaper * t * t * (3 - (2 * t))));
    }

    private float Bump(float x, float y)
    {
        var sum = Nose(x, y);
        foreach (var bump in _bumps)
        {
            var (dx, dy) = ((x - bump.X) / bump.SpreadX, (y - bump.Y) / bump.SpreadY);
            var square = (dx * dx) + (dy * dy);
            if (square < 9)
            {
                sum += bump.Height * MathF.Exp(-0.5f * square);
            }
        }

        return sum;
    }

    /// <summary>The nose: a ridge that rises and widens from the bridge to the tip and ends a little below it.</summary>
    private float Nose(float x, float y)
    {
        const float BridgeY = -0.12f;
        var along = (y - BridgeY) / (_head.NoseTipY - BridgeY);
        if (along < 0)
        {
            return 0;
        }

        var width = _head.NoseWidth * (0.55f + (0.45f * MathF.Min(along, 1)));
        var height = along <= 1 ? along * along * (1.5f - (0.5f * along)) : MathF.Exp(-0.5f * Square((y - _head.NoseTipY) / 0.045f));
        return _head.NoseLength * ((0.75f * height) + (0.25f * MathF.Min(along, 1) * height)) * MathF.Exp(-0.5f * Square(x / width));
    }

    private static float Square(float value) => value * value;
}
