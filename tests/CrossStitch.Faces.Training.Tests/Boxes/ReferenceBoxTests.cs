using CrossStitch.Faces.Training.Boxes;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Boxes;

public class ReferenceBoxTests
{
    [Fact]
    public void A_worked_example_by_hand()
    {
        var landmarks = new FaceLandmarks(new(40, 45), new(60, 45), new(52, 55), new(42, 67), new(58, 67));

        // Centroid, the nose three times: x = (40 + 60 + 156 + 42 + 58) / 7 = 356/7, y = (90 + 165 + 134) / 7 = 389/7.
        // Sum of squares: in x 10^2·2 + 8^2·2 + 3·2^2 about 50, less 7·(6/7)^2; in y about 389/7 likewise.
        var squares = 200 + 128 + 12 - (36 / 7.0) + (2 * 45 * 45) + (3 * 55 * 55) + (2 * 67 * 67) - (389 * 389 / 7.0);
        var side = 5.370 * Math.Sqrt(squares / 7);
        var box = ReferenceBox.Around(landmarks);

        Assert.Equal(side, box.Side, 1e-3);
        Assert.Equal(50 - (1.106 * 2) - (0.0112 * side), box.CenterX, 1e-3);
        Assert.Equal(45 + (0.307 * 22), box.CenterY, 1e-3);
        Assert.Equal(BoxSource.Reference, box.Source);
    }

    [Fact]
    public void A_face_moved_and_scaled_has_its_box_moved_and_scaled() =>
        Gen.Select(Gen.Float[0.2f, 20], Gen.Float[-500, 500], Gen.Float[-500, 500]).Sample((scale, dx, dy) =>
        {
            var box = ReferenceBox.Around(TinyArchive.Landmarks);
            var moved = ReferenceBox.Around(TinyArchive.Landmarks.Map(point => new((scale * point.X) + dx, (scale * point.Y) + dy)));

            Assert.Equal(scale * box.Side, moved.Side, 0.01f);
            Assert.Equal((scale * box.CenterX) + dx, moved.CenterX, 0.01f);
            Assert.Equal((scale * box.CenterY) + dy, moved.CenterY, 0.01f);
        });
}
