namespace CrossStitch.Faces;

/// <summary>A point; in image pixels or in box units, as its owner says.</summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">From top to bottom.</param>
public readonly record struct FacePoint(float X, float Y)
{
    /// <summary>Euclidean distance to another point, in the units of both.</summary>
    /// <param name="other">The other point.</param>
    public float DistanceTo(FacePoint other) => MathF.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));
}
