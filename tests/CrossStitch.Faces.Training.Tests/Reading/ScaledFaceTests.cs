using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Synthetic;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Tests.Reading;

/// <summary>One face, larger, smaller, elsewhere in the photo and in a mirror: its points go with it.</summary>
/// <remarks>
/// Where the box is known, they move by less than half a pixel of the 40×40 crop that the network sees, and mostly by less than a tenth of one; of drawn faces, which it never saw, by about a pixel. Where the finder looks for it,
/// its box is not the same to a pixel, and with it the points are not: 1 to 2 pixels of a face of 100, on real faces.
/// </remarks>
public class ScaledFaceTests
{
    /// <summary>Pixels of the crop across a box.</summary>
    private const float Crop = 40;

    private const int Enlarged = 3;

    private static readonly float[] Scales = [1, 0.85f, 0.9f, 0.95f, 1.05f, 1.15f, 1.3f, 1.6f, 2, 2.7f];

    [Fact]
    public void In_corresponding_boxes_the_points_of_a_drawn_face_are_within_about_a_pixel_of_the_crop()
    {
        var moved = Enumerable.Range(0, 12).Select(index =>
        {
            var (picture, box) = Drawn(index);
            return Farthest(ReadAt(Placed.Of(picture), box)) / box.Side * Crop;
        }).Order().ToList();

        // The reader was trained on photographs; of the drawn faces, which it never saw, two are read less steadily.
        Assert.InRange(moved[^3], 0, 1);
        Assert.InRange(moved[^1], 0, 1.2);
        Assert.InRange(moved[moved.Count / 2], 0, 0.7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(34)]
    public void Where_the_finder_finds_it_the_points_are_within_three_hundredths_of_the_box(int index)
    {
        var (picture, box) = Drawn(index);
        Assert.InRange(Farthest(Placed.Of(picture).Select(place => place.Back(Assert.Single(FaceReader.Default.Read(place.Photo)).Landmarks))), 0, 0.03f * box.Side);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(34)]
    public void A_mirrored_face_has_its_points_mirrored_to_two_pixels_of_the_crop(int index)
    {
        var (picture, box) = Drawn(index);
        Placed[] both = [new(picture, 1, 0, 0, isMirrored: false), new(picture, 1, 0, 0, isMirrored: true)];
        Assert.InRange(Farthest(ReadAt(both, box)), 0, 2 * box.Side / Crop);
    }

    [Fact]
    public void A_real_face_has_its_points_within_a_pixel_in_100_and_within_two_where_it_is_found()
    {
        using var archive = RealFaces.Open();
        var boxes = new BoxResolver(RealFaces.Boxes());
        var (moved, known) = (new List<float>(), new List<float>());
        foreach (var face in archive.Read(MtflSplit.Testing, skipInvalid: true).Faces.Where(face => boxes.Resolve(face).Box is { Source: BoxSource.Detector, Side: > 65 }).Take(6))
        {
            var (box, places) = (boxes.Resolve(face).Box, Placed.Of(archive.ReadImage(face)));
            known.Add(Farthest(ReadAt(places, box)) / box.Side * Crop);
            var found = places.Select(place => (Place: place, Faces: FaceReader.Default.Read(place.Photo))).Where(one => one.Faces.Count == 1).Select(one => one.Place.Back(one.Faces[0].Landmarks)).ToList();
            moved.AddRange(found.Skip(1).Select(points => Farthest([found[0], points]) * 100 / box.Side));
        }

        Assert.All(known, distance => Assert.InRange(distance, 0, 0.4));
        Assert.InRange(known.Order().ElementAt(known.Count / 2), 0, 0.1);
        Assert.InRange(moved.Count, 40, 6 * (Scales.Length - 1));
        Assert.InRange(moved.Order().ElementAt(moved.Count / 2), 0, 2);
    }

    private static (byte[] Picture, FaceBox Box) Drawn(int index)
    {
        var drawn = DrawnFaces.Draw(9, index);
        return (drawn.Jpeg.ToArray(), drawn.Box);
    }

    private static IEnumerable<FaceLandmarks> ReadAt(IEnumerable<Placed> places, FaceBox box) =>
        places.Select(place => place.Back(FaceReader.Default.ReadAt(place.Photo, [place.At(box)])[0].Landmarks));

    /// <summary>How far any of the five points is from where it is in the first, at most.</summary>
    private static float Farthest(IEnumerable<FaceLandmarks> faces)
    {
        var all = faces.ToList();
        return all.Max(face => Enum.GetValues<Landmark>().Max(point => MathF.Sqrt(MathF.Pow(face[point].X - all[0][point].X, 2) + MathF.Pow(face[point].Y - all[0][point].Y, 2))));
    }

    /// <summary>A picture in a photo: so many times as large, somewhere in it, perhaps in a mirror.</summary>
    private sealed class Placed
    {
        private readonly float _scale;
        private readonly float _left;
        private readonly float _top;
        private readonly float? _mirror;
        private readonly byte[] _pixels;
        private readonly (int Width, int Height) _size;

        public Placed(byte[] file, float scale, float left, float top, bool isMirrored)
        {
            using var picture = SKBitmap.Decode(file);
            using var large = picture.Resize(new SKImageInfo(picture.Width * Enlarged, picture.Height * Enlarged), new SKSamplingOptions(SKCubicResampler.Mitchell));
            using var image = SKImage.FromBitmap(large);
            (_scale, _left, _top, _mirror) = (scale, left, top, isMirrored ? picture.Width : null);
            _size = ((int)MathF.Ceiling((picture.Width * scale) + left) + 9, (int)MathF.Ceiling((picture.Height * scale) + top) + 5);
            using var photo = new SKBitmap(new SKImageInfo(_size.Width, _size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using var canvas = new SKCanvas(photo);
            canvas.Clear(SKColors.Gray);
            canvas.Translate(left, top);
            canvas.Scale(scale);
            if (isMirrored)
            {
                canvas.Translate(picture.Width, 0);
                canvas.Scale(-1, 1);
            }

            canvas.DrawImage(image, SKRect.Create(picture.Width, picture.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            _pixels = photo.GetPixelSpan().ToArray();
        }

        public PhotoPixels Photo => new(_pixels, _size.Width, _size.Height, PixelFormat.Rgba);

        /// <summary>At each scale, each time elsewhere and between pixels.</summary>
        public static List<Placed> Of(byte[] file) => [.. Scales.Select((scale, i) => new Placed(file, scale, 3.3f * i, 17.7f - (1.9f * i), isMirrored: false))];

        /// <summary>A box of the picture in the photo.</summary>
        public FaceBox At(FaceBox box) => new(_left + (Mirrored(box.CenterX) * _scale), _top + (box.CenterY * _scale), box.Side * _scale, BoxSource.Detector);

        /// <summary>Points of the photo in the picture.</summary>
        public FaceLandmarks Back(FaceLandmarks points)
        {
            var back = points.Map(point => new FacePoint(Mirrored((point.X - _left) / _scale), (point.Y - _top) / _scale));
            return _mirror is null ? back : new(back[Landmark.RightEye], back[Landmark.LeftEye], back[Landmark.Nose], back[Landmark.RightMouthCorner], back[Landmark.LeftMouthCorner]);
        }

        private float Mirrored(float x) => _mirror is { } width ? width - x : x;
    }
}
