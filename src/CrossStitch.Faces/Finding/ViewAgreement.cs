namespace CrossStitch.Faces.Finding;

/// <summary>What several views of one find come to.</summary>
internal static class ViewAgreement
{
    /// <summary>
    /// How far apart the views' boxes may be before it counts against the find: the root mean square from their mean, in sides.
    /// With it 97 % of training photos set aside, made harder (turned, dimmed, blurred), are above a score of a half.
    /// </summary>
    private const float Apart = 0.038f;

    /// <summary>What a side further apart takes from the score's logit; closer together adds to it.</summary>
    private const float ApartWeight = 60;

    /// <summary>A view is at most as sure as this, in logits.</summary>
    private const float Surest = 12;

    /// <summary>The mean of the views' boxes, points and logits, the latter the lower the further the boxes are apart.</summary>
    /// <param name="views">What the network predicts of each; at least one.</param>
    public static Candidate Of(IReadOnlyList<Candidate> views)
    {
        float Mean(Func<Candidate, float> number) => views.Sum(number) / views.Count;
        var box = new FaceBox(Mean(view => view.Box.CenterX), Mean(view => view.Box.CenterY), Mean(view => view.Box.Side), BoxSource.Detector);
        var points = new float[FaceLandmarks.Numbers];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Mean(view => view.Points[i]);
        }

        var apart = MathF.Sqrt(Mean(view => Square(view.Box.CenterX - box.CenterX) + Square(view.Box.CenterY - box.CenterY))) / box.Side;
        var logit = Mean(view => Math.Clamp(MathF.Log(view.Score / (1 - view.Score)), -Surest, Surest)) - (ApartWeight * (apart - Apart));
        return new Candidate(box, 1 / (1 + MathF.Exp(-logit)), points, views[0].Input);
    }

    private static float Square(float number) => number * number;
}
