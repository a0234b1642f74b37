using CrossStitch.Faces.Finding;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>What several views of one find come to.</summary>
public sealed class ViewAgreementTests
{
    private static readonly float[] Points = [-8, 8, 0, -6, 6, -10, -10, 0, 12, 12];

    [Fact]
    public void Box_and_points_are_the_means_of_the_views()
    {
        var agreed = ViewAgreement.Of([Seen(98, 0.9f), Seen(102, 0.9f)]);
        Assert.Equal(new FaceBox(100, 50, 40, BoxSource.Detector), agreed.Box);
        Assert.Equal(FaceLandmarks.FromNumbers(Seen(100, 0.9f).Points), FaceLandmarks.FromNumbers(agreed.Points));
    }

    [Fact]
    public void A_view_that_is_less_sure_makes_it_less_sure()
    {
        var sure = ViewAgreement.Of([Seen(100, 0.9f), Seen(100, 0.9f)]).Score;
        var lessSure = ViewAgreement.Of([Seen(100, 0.9f), Seen(100, 0.6f)]).Score;
        var sureToTheBit = ViewAgreement.Of([Seen(100, 1), Seen(100, 0)]).Score;
        Assert.True(lessSure < sure);
        Assert.InRange(sureToTheBit, 0.01f, 0.99f);
    }

    [Fact]
    public void The_further_apart_the_boxes_are_the_less_it_is_a_face()
    {
        var scores = new[] { 0f, 1, 2, 4, 8 }.Select(apart => ViewAgreement.Of([Seen(100 - apart, 0.9f), Seen(100 + apart, 0.9f)]).Score).ToArray();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.True(scores[0] > 0.9f);
        Assert.True(scores[^1] < 0.1f);
    }

    [Fact]
    public void What_is_seen_in_a_mirror_is_turned_back_with_its_points_exchanged()
    {
        var seen = Seen(103, 0.9f);
        var turned = seen.MirroredAt(100);
        Assert.Equal(97, turned.Box.CenterX);
        var (before, after) = (FaceLandmarks.FromNumbers(seen.Points), FaceLandmarks.FromNumbers(turned.Points));
        Assert.Equal(new FacePoint(200 - before.RightEye.X, before.RightEye.Y), after.LeftEye);
        Assert.Equal(new FacePoint(200 - before.Nose.X, before.Nose.Y), after.Nose);
        Assert.Equal(before, FaceLandmarks.FromNumbers(turned.MirroredAt(100).Points));
    }

    [Fact]
    public void The_views_lie_evenly_about_the_middle()
    {
        Assert.Equal(0, View.Others.Sum(view => view.X), 1e-6);
        Assert.Equal(0, View.Others.Sum(view => view.Y), 1e-6);
        Assert.Equal(0, View.Others.Sum(view => MathF.Log(view.Scale)), 1e-6);
        Assert.Equal(View.Others.Count, 2 * View.Others.Count(view => view.Mirrored));
    }

    private static Candidate Seen(float x, float score)
    {
        var points = Points.Select((number, i) => number + (i < FaceLandmarks.Count ? x : 50)).ToArray();
        var box = new FaceBox(x, 50, 40, BoxSource.Detector);
        return new Candidate(box, score, points, box);
    }
}
