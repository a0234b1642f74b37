using CsCheck;

namespace CrossStitch.Faces.Tests;

public class FaceFrameTests
{
    private static readonly FaceLandmarks Shape = new(new(0.3f, 0.3f), new(0.7f, 0.28f), new(0.52f, 0.5f), new(0.33f, 0.72f), new(0.67f, 0.7f));

    [Fact]
    public void Points_that_are_a_shape_turned_scaled_and_shifted_give_the_frame_that_did_it() =>
        Gen.Select(Gen.Float[-500, 500], Gen.Float[-500, 500], Gen.Float[5, 800], Gen.Float[-179, 179]).Sample((x, y, side, degrees) =>
        {
            var frame = new FaceFrame(x, y, side, degrees);
            var fitted = FaceFrame.Fit(Shape.Map(frame.ToImage), Shape)!.Value;
            Assert.Equal(x, fitted.CenterX, 0.002 * side);
            Assert.Equal(y, fitted.CenterY, 0.002 * side);
            Assert.Equal(side, fitted.Side, 0.002 * side);
            Assert.Equal(degrees, fitted.Degrees, 0.2);
            var there = fitted.ToFrame(fitted.ToImage(new(0.2f, 0.9f)));
            Assert.Equal(0.2, there.X, 1e-3);
            Assert.Equal(0.9, there.Y, 1e-3);
        });

    [Fact]
    public void No_frame_near_by_lies_nearer_to_the_points()
    {
        FaceLandmarks points = new(new(40, 45), new(61, 52), new(47, 55), new(42, 66), new(58, 63));
        var fitted = FaceFrame.Fit(points, Shape)!.Value;
        var least = Distance(fitted);
        Gen.Select(Gen.Float[-1, 1], Gen.Float[-1, 1], Gen.Float[0.98f, 1.02f], Gen.Float[-2, 2]).Sample((x, y, scale, degrees) =>
            Assert.True(Distance(new(fitted.CenterX + x, fitted.CenterY + y, fitted.Side * scale, fitted.Degrees + degrees)) >= least - 1e-4));

        double Distance(FaceFrame frame) => Enum.GetValues<Landmark>().Sum(landmark => Math.Pow(frame.ToImage(Shape[landmark]).DistanceTo(points[landmark]), 2));
    }

    [Fact]
    public void A_frame_that_is_not_turned_is_the_box_to_the_bit() => Gen.Select(Gen.Float[0, 300], Gen.Float[0, 300], Gen.Float[1, 300], Gen.Float[-1, 2]).Sample((x, y, side, u) =>
    {
        var box = new FaceBox(x, y, side, BoxSource.Detector);
        Assert.Equal(box.ToImage(new(u, 1 - u)), FaceFrame.Of(box).ToImage(new(u, 1 - u)));
        Assert.Equal(box.ToBox(new(y, x)), FaceFrame.Of(box).ToFrame(new(y, x)));
    });

    [Fact]
    public void A_quarter_turn_is_clockwise_in_the_picture()
    {
        // Upright, the eyes lie above the mouth; a quarter turn clockwise, and they lie to the right of it.
        var image = new FaceFrame(50, 50, 100, 90).ToImage(new(0.5f, 0.1f));
        Assert.Equal(90, image.X, 1e-3);
        Assert.Equal(50, image.Y, 1e-3);
    }

    [Fact]
    public void Points_that_coincide_or_are_none_give_no_frame()
    {
        Assert.Null(FaceFrame.Fit(Shape.Map(_ => new(7, 7)), Shape));
        Assert.Null(FaceFrame.Fit(Shape.Map(_ => new(float.NaN, 7)), Shape));
        Assert.Null(FaceFrame.Fit(Shape.Map(point => new(point.X * 1e38f, point.Y * 1e38f)).Map(point => new(point.X * 10, point.Y * 10)), Shape));
    }
}
