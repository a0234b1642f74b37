namespace CrossStitch.Faces;

/// <summary>
/// A square that may be turned, in image pixels: the region of a face that is cut so that its points lie upright, as near as
/// they can be to where a shape has them. It carries the one pair of functions between image pixels and its own units.
/// </summary>
/// <param name="CenterX">Centre, from the left edge of the image.</param>
/// <param name="CenterY">Centre, from the top edge of the image.</param>
/// <param name="Side">Side of the square.</param>
/// <param name="Degrees">How far it is turned about its centre, clockwise in the image.</param>
public readonly record struct FaceFrame(float CenterX, float CenterY, float Side, float Degrees)
{
    private const float MostScale = 4;

    /// <summary>A box as a frame: it is not turned.</summary>
    /// <param name="box">The box.</param>
    public static FaceFrame Of(FaceBox box) => new(box.CenterX, box.CenterY, box.Side, 0);

    /// <summary>
    /// The frame in which points lie nearest to a shape: of all shifts, turns and scales the one with the least sum of squared
    /// distances (Umeyama 1991; in two dimensions a linear problem).
    /// </summary>
    /// <param name="points">In image pixels.</param>
    /// <param name="shape">Where each should lie, in units of the frame.</param>
    /// <returns>Null where the points give no size: they all coincide, or are not finite.</returns>
    public static FaceFrame? Fit(FaceLandmarks points, FaceLandmarks shape)
    {
        Span<float> p = stackalloc float[FaceLandmarks.Numbers];
        Span<float> s = stackalloc float[FaceLandmarks.Numbers];
        points.CopyTo(p);
        shape.CopyTo(s);
        var (px, py, sx, sy) = (Mean(p[..FaceLandmarks.Count]), Mean(p[FaceLandmarks.Count..]), Mean(s[..FaceLandmarks.Count]), Mean(s[FaceLandmarks.Count..]));
        double along = 0, across = 0, spread = 0;
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var (ux, uy) = (s[i] - sx, s[FaceLandmarks.Count + i] - sy);
            var (vx, vy) = (p[i] - px, p[FaceLandmarks.Count + i] - py);
            along += (ux * vx) + (uy * vy);
            across += (ux * vy) - (uy * vx);
            spread += (ux * ux) + (uy * uy);
        }

        // A point u of the shape goes to p = A·(u − its mean) + the points' mean, with A = [along −across; across along].
        (along, across) = (along / spread, across / spread);
        var side = Math.Sqrt((along * along) + (across * across));
        var frame = new FaceFrame(
            (float)(px + (along * (0.5 - sx)) - (across * (0.5 - sy))),
            (float)(py + (across * (0.5 - sx)) + (along * (0.5 - sy))),
            (float)side,
            (float)(Math.Atan2(across, along) * (180 / Math.PI)));
        return frame.Side > 0 && float.IsFinite(frame.Side) && float.IsFinite(frame.CenterX) && float.IsFinite(frame.CenterY) ? frame : null;
    }

    /// <summary>
    /// Whether it can be a frame of the face in a box: its side is a quarter to four times the box's, and its centre no more than the
    /// box's side from the box's. Points that a network found otherwise are no face's.
    /// </summary>
    /// <param name="box">The box.</param>
    internal bool FitsInto(FaceBox box) =>
        Side >= box.Side / MostScale && Side <= box.Side * MostScale && MathF.Abs(CenterX - box.CenterX) <= box.Side && MathF.Abs(CenterY - box.CenterY) <= box.Side;

    /// <summary>How far it lies from another frame: the furthest that one of its corners would move, in sides of the other.</summary>
    /// <param name="other">The other.</param>
    internal float DistanceTo(FaceFrame other)
    {
        var furthest = 0f;
        foreach (var corner in (ReadOnlySpan<FacePoint>)[new(0, 0), new(1, 0), new(0, 1), new(1, 1)])
        {
            furthest = MathF.Max(furthest, ToImage(corner).DistanceTo(other.ToImage(corner)) / other.Side);
        }

        return furthest;
    }

    /// <summary>From image pixels to units of the frame: 0..1 across it.</summary>
    /// <param name="point">In image pixels.</param>
    public FacePoint ToFrame(FacePoint point)
    {
        if (Degrees == 0)
        {
            return Upright.ToBox(point);
        }

        var (sin, cos) = Math.SinCos(Degrees * (Math.PI / 180));
        var (x, y) = ((double)point.X - CenterX, (double)point.Y - CenterY);
        return new((float)((((cos * x) + (sin * y)) / Side) + 0.5), (float)((((cos * y) - (sin * x)) / Side) + 0.5));
    }

    /// <summary>From units of the frame to image pixels.</summary>
    /// <param name="point">In units of the frame.</param>
    public FacePoint ToImage(FacePoint point)
    {
        if (Degrees == 0)
        {
            return Upright.ToImage(point);
        }

        var (sin, cos) = Math.SinCos(Degrees * (Math.PI / 180));
        var (x, y) = ((point.X - 0.5) * Side, (point.Y - 0.5) * Side);
        return new((float)(CenterX + (cos * x) - (sin * y)), (float)(CenterY + (sin * x) + (cos * y)));
    }

    /// <summary>The same square, not turned, as a box.</summary>
    public FaceBox Upright => new(CenterX, CenterY, Side, BoxSource.Detector);

    private static double Mean(ReadOnlySpan<float> numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers)
        {
            sum += number;
        }

        return sum / numbers.Length;
    }
}
