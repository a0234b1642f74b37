using System.Numerics;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Kernels;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Tests.Synthetic;

public class FaceRendererTests
{
    private const float Center = 72;

    [Theory]
    [InlineData(0)]
    [InlineData(-12)]
    [InlineData(30)]
    public void Pupils_are_painted_where_the_eye_landmarks_are(float yaw)
    {
        for (var seed = 0UL; seed < 10; seed++)
        {
            var sketch = Sketch(seed, smile: false);
            var camera = Camera(yaw);
            using var picture = FaceStudio.Portray(sketch, camera);
            var points = FaceRenderer.Locate(sketch, camera);

            AssertIrisAround(picture, points.LeftEye);
            AssertIrisAround(picture, points.RightEye);
        }
    }

    [Fact]
    public void Mouth_corners_are_where_the_lips_end()
    {
        for (var seed = 0UL; seed < 10; seed++)
        {
            var sketch = Sketch(seed, smile: seed % 2 == 0);
            var camera = Camera(0);
            using var picture = FaceStudio.Portray(sketch, camera);
            var points = FaceRenderer.Locate(sketch, camera);

            // The only blue on the head is in its lips.
            var blue = Pixels(picture).Where(pixel => pixel.Color.Blue > pixel.Color.Red + 15).ToArray();
            Assert.Equal(points.LeftMouthCorner.X, blue.Min(pixel => pixel.X), 2.5f);
            Assert.Equal(points.RightMouthCorner.X, blue.Max(pixel => pixel.X), 2.5f);
        }
    }

    [Fact]
    public void A_smile_widens_the_mouth_and_lifts_its_corners()
    {
        var (serious, smiling) = (Corners(smile: false), Corners(smile: true));

        Assert.True(smiling.Width > serious.Width + 2, $"{smiling.Width} against {serious.Width}");
        Assert.True(smiling.Y < serious.Y - 1, $"{smiling.Y} against {serious.Y}");

        static (double Width, double Y) Corners(bool smile)
        {
            var points = Enumerable.Range(0, 50).Select(i => FaceRenderer.Locate(Sketch((ulong)i, smile), Camera(0))).ToArray();
            return (
                points.Average(face => face.RightMouthCorner.X - face.LeftMouthCorner.X),
                points.Average(face => face.LeftMouthCorner.Y + face.RightMouthCorner.Y) / 2);
        }
    }

    [Fact]
    public void Turning_the_other_way_mirrors_the_landmarks()
    {
        // Of a head without a crooked mouth.
        var sketch = Sketch(4, smile: true);
        sketch = sketch with { Mouth = sketch.Mouth with { CornerTilt = 0 } };
        foreach (var yaw in new[] { 5f, 30, 60 })
        {
            var (right, left) = (FaceRenderer.Locate(sketch, Camera(yaw)), FaceRenderer.Locate(sketch, Camera(-yaw)));

            AssertMirrored(right.LeftEye, left.RightEye);
            AssertMirrored(right.RightEye, left.LeftEye);
            AssertMirrored(right.Nose, left.Nose);
            AssertMirrored(right.LeftMouthCorner, left.RightMouthCorner);
        }
    }

    [Fact]
    public void A_turned_head_has_its_eyes_closer_together_and_its_nose_ahead()
    {
        var sketch = Sketch(2, smile: false);
        var (frontal, half, profile) = (
            FaceRenderer.Locate(sketch, Camera(0)), FaceRenderer.Locate(sketch, Camera(30)), FaceRenderer.Locate(sketch, Camera(60)));

        Assert.True(frontal.InterOcularDistance > half.InterOcularDistance && half.InterOcularDistance > profile.InterOcularDistance);
        Assert.True(profile.Nose.X > profile.RightEye.X && profile.RightEye.X > profile.LeftEye.X);
        Assert.Equal(Center, frontal.Nose.X, 0.01f);
    }

    /// <summary>A head with marks that nothing else on it resembles: green irises and blue lips.</summary>
    private static FaceSketch Sketch(ulong seed, bool smile)
    {
        var attributes = FaceAttributes.Of((FaceAttribute.Pose, "0°"), (FaceAttribute.Gender, "female"), (FaceAttribute.Smile, smile ? "yes" : "no"));
        var sketch = FaceSketcher.Draw(attributes, new SeededRandom(seed));
        return sketch with
        {
            Eyes = sketch.Eyes with { Iris = new Vector3(0, 255, 0), Gaze = Vector2.Zero, Openness = 1, Lashes = 0 },
            Mouth = sketch.Mouth with { Color = new Vector3(40, 40, 250), Beard = 0 },
            Hair = sketch.Hair with { Bald = true, Hat = null },
            Skin = new Vector3(220, 170, 140),
            Wrinkles = 0,
        };
    }

    private static HeadCamera Camera(float yaw) => new(yaw, pitch: 0, roll: 0, new Vector2(Center), scale: 45, distance: 8);

    private static void AssertIrisAround(SKBitmap picture, FacePoint point)
    {
        // The iris is a ring of pure green around the pupil; its middle is the landmark.
        var green = Pixels(picture)
            .Where(pixel => pixel.Color.Green > pixel.Color.Red + 40 && pixel.Color.Green > pixel.Color.Blue + 40)
            .Where(pixel => MathF.Abs(pixel.X - point.X) < 8)
            .ToArray();
        Assert.NotEmpty(green);
        Assert.Equal(point.X, (green.Min(pixel => pixel.X) + green.Max(pixel => pixel.X)) / 2, 1f);
        Assert.Equal(point.Y, (green.Min(pixel => pixel.Y) + green.Max(pixel => pixel.Y)) / 2, 1.5f);
    }

    private static void AssertMirrored(FacePoint a, FacePoint b)
    {
        Assert.Equal(a.X - Center, Center - b.X, 1e-3f);
        Assert.Equal(a.Y, b.Y, 1e-3f);
    }

    private static IEnumerable<(float X, float Y, SKColor Color)> Pixels(SKBitmap picture)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                yield return (x + 0.5f, y + 0.5f, picture.GetPixel(x, y));
            }
        }
    }
}
