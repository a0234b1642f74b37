namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// The box derived from annotated landmarks, for faces that no detector found. It agrees on average, in side and
/// centre, with the square boxes of the detector behind <c>mtfl-boxes.csv</c> (longer side, same centre).
/// </summary>
/// <remarks>
/// <para>With E the middle of the eyes, M the middle of the mouth corners and N the nose:</para>
/// <list type="bullet">
/// <item>spread = root mean square distance of the five points from their centroid, the nose counting three times in
/// both; side = 5.370 · spread;</item>
/// <item>centre x = E.x + 0.307 · (M.x − E.x) − 1.106 · (N.x − (E.x + M.x)/2) − 0.0112 · side;</item>
/// <item>centre y = E.y + 0.307 · (M.y − E.y).</item>
/// </list>
/// <para>
/// The distance between the eyes alone is a poor scale: it shrinks to three quarters in profile. Of the scales tried,
/// by the standard deviation of log(side / scale) on the training faces and its mean in the two profile classes:
/// eye distance 0.107 (+29 %, +26 %); eyes to mouth 0.085 (0, +1 %); root of the sum of both squares 0.068 (+10 %,
/// +10 %); plain spread 0.058 (+6 %, +6 %); this spread 0.056 (+3 %, +4 %). When the head turns, the nose moves ahead
/// and the box stays behind with the skull, hence the second term of x. The last term is the detector's own habit:
/// its boxes lie a little to the left.
/// </para>
/// <para>
/// Fitted by least squares on the 9,892 training faces whose detected box contains their landmarks (side: the mean of
/// log(side / spread); centre: offsets in sides). There, reference against detector: mean distance of centres 0.031
/// sides (0.038, 0.035, 0.029, 0.035, 0.040 by pose, left profile first), mean offset 0.000 in x and y, mean ratio of
/// sides 1.002 with standard deviation 0.057 (0.976, 0.994, 1.006, 0.988, 0.964 by pose). On the 1,460 such test faces:
/// distance 0.039, offset (0.001, −0.001), ratio 1.031. A test repeats the fit.
/// </para>
/// </remarks>
public static class ReferenceBox
{
    /// <summary>Side of the box in spreads of the landmarks.</summary>
    public const float SidesPerSpread = 5.370f;

    /// <summary>How far the centre is on the way from the eyes to the mouth.</summary>
    public const float FromEyesToMouth = 0.307f;

    /// <summary>How far the centre moves for each pixel that the nose is off the middle, sideways.</summary>
    public const float AgainstNose = -1.106f;

    /// <summary>How far to the right the detector sets its boxes, in sides.</summary>
    public const float ToTheRight = -0.0112f;

    private const float NoseWeight = 3;

    /// <summary>The reference box of a face.</summary>
    /// <param name="landmarks">Its landmarks, in image pixels; not all on one point.</param>
    public static FaceBox Around(FaceLandmarks landmarks)
    {
        var side = SidesPerSpread * Spread(landmarks);
        var eyes = Middle(landmarks.LeftEye, landmarks.RightEye);
        var mouth = Middle(landmarks.LeftMouthCorner, landmarks.RightMouthCorner);
        var noseOff = landmarks.Nose.X - Middle(eyes, mouth).X;
        var x = eyes.X + (FromEyesToMouth * (mouth.X - eyes.X)) + (AgainstNose * noseOff) + (ToTheRight * side);
        var y = eyes.Y + (FromEyesToMouth * (mouth.Y - eyes.Y));
        return new FaceBox(x, y, side, BoxSource.Reference);
    }

    /// <summary>The scale of a face: root mean square distance of its landmarks from their centroid, the nose counting three times.</summary>
    /// <param name="landmarks">The landmarks.</param>
    /// <returns>The spread, in the units of the landmarks.</returns>
    public static float Spread(FaceLandmarks landmarks)
    {
        const float Weights = FaceLandmarks.Count - 1 + NoseWeight;
        float x = 0, y = 0;
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var (point, weight) = Weighted(landmarks, i);
            x += weight * point.X / Weights;
            y += weight * point.Y / Weights;
        }

        float squares = 0;
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var (point, weight) = Weighted(landmarks, i);
            squares += weight * (((point.X - x) * (point.X - x)) + ((point.Y - y) * (point.Y - y)));
        }

        return MathF.Sqrt(squares / Weights);
    }

    private static (FacePoint Point, float Weight) Weighted(FaceLandmarks landmarks, int index) =>
        (landmarks[(Landmark)index], (Landmark)index == Landmark.Nose ? NoseWeight : 1);

    private static FacePoint Middle(FacePoint a, FacePoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
}
