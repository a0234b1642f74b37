using CrossStitch.Faces.Reading;
using SkiaSharp;

namespace CrossStitch.Faces.Skia.Tests;

/// <summary>The README's examples of a photo, compiled and run; the README's own tests hold it against this file.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_photo_examples_run()
    {
        using (var bitmap = new SKBitmap(120, 90))
        {
            bitmap.Erase(SKColors.CornflowerBlue);
            File.WriteAllBytes("party.jpg", bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray());
        }

        using var output = new StringWriter();

        // In another namespace it begins with: using CrossStitch.Faces.Skia;
        var photo = Photo.Load("party.jpg");
        foreach (var face in FaceReader.Default.Read(photo.Pixels))
        {
            output.WriteLine($"{face.Box.Left:0},{face.Box.Top:0} {face.Box.Side:0} pixels: nose at {face.Landmarks.Nose.X:0},{face.Landmarks.Nose.Y:0}, smiles: {face.Smile?.Value}");
        }

        Assert.Empty(output.ToString());
        File.Delete("party.jpg");

        if (FaceReader.Default.ReadSingle(photo.Pixels) is { } portrait)
        {
            output.WriteLine($"{portrait.Pose}, {portrait.Gender}");   // Frontal (0.98), Female (0.93)
        }

        // There is no face, but the caller's word is taken.
        Assert.Matches(@"^\w+ \([01]\.\d\d\), (Male|Female) \([01]\.\d\d\)\s*$", output.ToString());
    }
}
