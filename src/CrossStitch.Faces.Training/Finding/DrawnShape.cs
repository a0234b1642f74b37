namespace CrossStitch.Faces.Training.Finding;

/// <summary>A shape that covers what was drawn before.</summary>
/// <param name="X">Its middle, in pixels.</param>
/// <param name="Y">The same, down.</param>
/// <param name="Across">Half of its width, in pixels.</param>
/// <param name="Down">Half of its height.</param>
/// <param name="Angle">How far it is turned, in radians.</param>
/// <param name="Roundness">The power of its outline: 2 for an ellipse, more for a rectangle with round corners, 1 for a rhombus.</param>
/// <param name="Hole">The share of it that is a hole: 0 for none.</param>
/// <param name="Level">Its gray level.</param>
/// <param name="Slope">How much lighter it is at its lower edge than in its middle.</param>
/// <param name="Texture">How much of what it covers shines through.</param>
internal readonly record struct DrawnShape(float X, float Y, float Across, float Down, float Angle, float Roundness, float Hole, float Level, float Slope, float Texture)
{
    /// <summary>How far out a place is: 1 on the outline, less within, more beyond and in the hole.</summary>
    /// <param name="u">The place from the middle, across, in half widths.</param>
    /// <param name="v">The same, down, in half heights.</param>
    public float Radius(float u, float v)
    {
        var radius = Roundness == 2 ? MathF.Sqrt((u * u) + (v * v)) : MathF.Pow(MathF.Pow(MathF.Abs(u), Roundness) + MathF.Pow(MathF.Abs(v), Roundness), 1 / Roundness);
        return MathF.Max(radius, 1 + Hole - radius);
    }
}
