using CrossStitch.Faces.Reading;
using SkiaSharp;

namespace CrossStitch.Faces.Skia.Tests;

public sealed class FaceOverlayTests
{
    private static readonly Face Face = new()
    {
        Box = new FaceBox(150, 130, 100, BoxSource.Detector),
        Score = 0.9f,
        Landmarks = new FaceLandmarks(new(130, 115), new(170, 115), new(150, 135), new(135, 155), new(165, 155)),
        Gender = new(Gender.Female, 0.9f, [0.1f, 0.9f]),
        Pose = new(HeadPose.Left, 0.6f, [0.1f, 0.6f, 0.1f, 0.1f, 0.1f]),
        Glasses = new(false, 0.8f, [0.8f, 0.2f]),
        Smile = new(true, 0.7f, [0.3f, 0.7f]),
    };

    [Theory]
    [InlineData("faces.png")]
    [InlineData("faces.JPG")]
    public void Box_points_and_label_are_drawn_where_they_are_and_the_rest_stays(string name)
    {
        var folder = Directory.CreateTempSubdirectory("crossstitch-overlay-").FullName;
        try
        {
            var photo = Plain(300, 240);
            FaceOverlay.Save(photo, [Face], Path.Combine(folder, name));
            var drawn = Photo.Load(Path.Combine(folder, name));

            Assert.Equal((300, 240), (drawn.Width, drawn.Height));
            Assert.True(Difference(drawn, 100, 130) > 60, "the left edge of the box");
            Assert.True(Difference(drawn, 180, 180) > 60, "the lower edge of the box");
            Assert.True(Difference(drawn, 150, 135) > 60, "the nose");
            Assert.True(Difference(drawn, 103, 75) > 40, "the label's ground, above the box");
            Assert.InRange(Difference(drawn, 150, 170), 0, 12);
            Assert.InRange(Difference(drawn, 20, 20), 0, 12);
            Assert.InRange(Difference(photo, 100, 130), 0, 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_label_says_what_is_known_in_a_few_words()
    {
        Assert.Equal("FEMALE, -30°, SMILE", FaceOverlay.Label(Face));
        Assert.Equal("60°, GLASSES", FaceOverlay.Label(Face with { Gender = null, Pose = new(HeadPose.RightProfile, 1, []), Glasses = new(true, 1, []), Smile = null }));
        Assert.Equal("", FaceOverlay.Label(Face with { Gender = null, Pose = null, Smile = null }));
    }

    [Fact]
    public void Faces_that_leave_the_photo_and_photos_of_one_pixel_are_drawn()
    {
        var outside = Face with { Box = new FaceBox(-3e6f, 3e6f, 4e6f, BoxSource.Detector) };
        Assert.NotEmpty(FaceOverlay.Encode(Plain(1, 1), [Face, outside], OverlayFormat.Png));
        Assert.NotEmpty(FaceOverlay.Encode(Plain(30, 20), [outside], OverlayFormat.Jpeg));
    }

    [Fact]
    public void A_picture_that_cannot_be_written_says_why()
    {
        Assert.Contains(".png, .jpg or .jpeg", Assert.Throws<FaceDataException>(() => FaceOverlay.Save(Plain(5, 5), [], "faces.gif")).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", Assert.Throws<FaceDataException>(() => FaceOverlay.Save(Plain(5, 5), [], Path.Combine(Path.GetTempPath(), "no", "such", "folder.png"))).Message, StringComparison.Ordinal);
    }

    private static Photo Plain(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(new SKColor(90, 90, 90));
        return Photo.Load(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray());
    }

    /// <summary>How far a pixel is from the gray of the photo, in the channel that differs most.</summary>
    private static int Difference(Photo photo, int x, int y)
    {
        var pixel = photo.Pixels.Row(y).Slice(4 * x, 3);
        return Math.Max(Math.Abs(pixel[0] - 90), Math.Max(Math.Abs(pixel[1] - 90), Math.Abs(pixel[2] - 90)));
    }
}
