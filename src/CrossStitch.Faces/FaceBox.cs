namespace CrossStitch.Faces;

/// <summary>
/// The square box around a face, in image pixels. It carries the one pair of functions, there and back, between
/// image pixels and box units (0..1 across the box), so that a crop and its inverse can never disagree.
/// </summary>
/// <param name="CenterX">Centre, from the left edge of the image.</param>
/// <param name="CenterY">Centre, from the top edge of the image.</param>
/// <param name="Side">Side of the square: the box width by which errors are measured.</param>
/// <param name="Source">Where the box came from.</param>
public readonly record struct FaceBox(float CenterX, float CenterY, float Side, BoxSource Source)
{
    /// <summary>Left edge in image pixels.</summary>
    public float Left => CenterX - (Side / 2);

    /// <summary>Top edge in image pixels.</summary>
    public float Top => CenterY - (Side / 2);

    /// <summary>The square with the centre of a rectangle and its longer side.</summary>
    /// <param name="x1">Left edge.</param>
    /// <param name="y1">Top edge.</param>
    /// <param name="x2">Right edge.</param>
    /// <param name="y2">Bottom edge.</param>
    /// <param name="source">Where the rectangle came from.</param>
    public static FaceBox FromRectangle(float x1, float y1, float x2, float y2, BoxSource source) =>
        new((x1 + x2) / 2, (y1 + y2) / 2, MathF.Max(x2 - x1, y2 - y1), source);

    /// <summary>From image pixels to box units.</summary>
    /// <param name="point">In image pixels.</param>
    public FacePoint ToBox(FacePoint point) => new((point.X - Left) / Side, (point.Y - Top) / Side);

    /// <summary>From box units to image pixels.</summary>
    /// <param name="point">In box units.</param>
    public FacePoint ToImage(FacePoint point) => new((point.X * Side) + Left, (point.Y * Side) + Top);
}
