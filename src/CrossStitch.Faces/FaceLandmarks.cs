namespace CrossStitch.Faces;

/// <summary>
/// The five landmarks of a face; in image pixels or in box units, as their owner says. Image pixels are counted from the left
/// and top edges, so that the centre of the first pixel is at (0.5, 0.5).
/// </summary>
/// <param name="LeftEye">Centre of the eye on the left of the picture.</param>
/// <param name="RightEye">Centre of the eye on the right of the picture.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="LeftMouthCorner">Mouth corner on the left of the picture.</param>
/// <param name="RightMouthCorner">Mouth corner on the right of the picture.</param>
public sealed record FaceLandmarks(
    FacePoint LeftEye,
    FacePoint RightEye,
    FacePoint Nose,
    FacePoint LeftMouthCorner,
    FacePoint RightMouthCorner)
{
    /// <summary>How many landmarks a face has.</summary>
    public const int Count = 5;

    /// <summary>How many numbers they are: x1..x5, then y1..y5.</summary>
    public const int Numbers = 2 * Count;

    /// <summary>One landmark.</summary>
    /// <param name="landmark">Which.</param>
    public FacePoint this[Landmark landmark] => landmark switch
    {
        Landmark.LeftEye => LeftEye,
        Landmark.RightEye => RightEye,
        Landmark.Nose => Nose,
        Landmark.LeftMouthCorner => LeftMouthCorner,
        Landmark.RightMouthCorner => RightMouthCorner,
        _ => throw new ArgumentOutOfRangeException(nameof(landmark)),
    };

    /// <summary>Distance between the eye centres, in the units of the points.</summary>
    public float InterOcularDistance => LeftEye.DistanceTo(RightEye);

    /// <summary>Reads x1..x5, then y1..y5: the order of MTFL and of the landmark head.</summary>
    /// <param name="numbers">Ten numbers.</param>
    public static FaceLandmarks FromNumbers(ReadOnlySpan<float> numbers) => new(
        new(numbers[0], numbers[5]),
        new(numbers[1], numbers[6]),
        new(numbers[2], numbers[7]),
        new(numbers[3], numbers[8]),
        new(numbers[4], numbers[9]));

    /// <summary>Writes x1..x5, then y1..y5.</summary>
    /// <param name="numbers">Room for ten numbers.</param>
    public void CopyTo(Span<float> numbers)
    {
        for (var i = 0; i < Count; i++)
        {
            var point = this[(Landmark)i];
            numbers[i] = point.X;
            numbers[Count + i] = point.Y;
        }
    }

    /// <summary>The five points, each put through the same function.</summary>
    /// <param name="map">The function.</param>
    public FaceLandmarks Map(Func<FacePoint, FacePoint> map) =>
        new(map(LeftEye), map(RightEye), map(Nose), map(LeftMouthCorner), map(RightMouthCorner));

    /// <summary>The points of the mirror image, where they are measured from its middle: left and right change places.</summary>
    public FaceLandmarks Mirrored()
    {
        static FacePoint Other(FacePoint point) => point with { X = -point.X };
        return new(Other(RightEye), Other(LeftEye), Other(Nose), Other(RightMouthCorner), Other(LeftMouthCorner));
    }
}
