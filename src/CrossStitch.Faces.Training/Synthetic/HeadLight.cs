using System.Numerics;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>One far light and light from everywhere.</summary>
/// <param name="Direction">From the head towards the light, of length 1, as the camera sees it.</param>
/// <param name="Ambient">Share of light from everywhere.</param>
/// <param name="Strength">Share of light from the one.</param>
/// <param name="Shine">How much skin and hair glisten.</param>
internal sealed record HeadLight(Vector3 Direction, float Ambient, float Strength, float Shine)
{
    /// <summary>The colour of a surface in this light.</summary>
    /// <param name="color">Its own colour.</param>
    /// <param name="normal">Its normal, as the camera sees it.</param>
    public SKColor Shade(Vector3 color, Vector3 normal)
    {
        var lit = Vector3.Dot(normal, Direction);

        // Wrapped around a little, as skin does, instead of a hard edge where the light ends.
        var diffuse = MathF.Max(0, (lit + 0.25f) / 1.25f);

        color *= Ambient + (Strength * diffuse);
        if (Shine > 0)
        {
            // Blinn: the half vector between light and camera.
            var half = Vector3.Normalize(Direction + Vector3.UnitZ);
            color += new Vector3(255 * Shine * MathF.Pow(MathF.Max(0, Vector3.Dot(normal, half)), 24));
        }

        return ToColor(color);
    }

    /// <summary>A colour for the canvas.</summary>
    /// <param name="color">Red, green and blue, 0..255; clipped.</param>
    /// <param name="alpha">Opacity, 0..1.</param>
    public static SKColor ToColor(Vector3 color, float alpha = 1)
    {
        var clipped = Vector3.Clamp(color, Vector3.Zero, new Vector3(255));
        return new SKColor((byte)clipped.X, (byte)clipped.Y, (byte)clipped.Z, (byte)(255 * Math.Clamp(alpha, 0, 1)));
    }
}
