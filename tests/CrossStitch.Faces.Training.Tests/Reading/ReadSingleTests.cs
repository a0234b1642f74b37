using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Reading;

/// <summary>The face of a photo that shows one and fills it, by finders whose finds are known.</summary>
public sealed class ReadSingleTests
{
    private readonly GrayImage _photo;
    private readonly FaceBox _box;
    private readonly FaceLandmarks _landmarks;

    public ReadSingleTests()
    {
        var drawn = DrawnFaces.Draw(9, 8);
        var whole = PhotoDecoder.Decode(drawn.Jpeg.ToArray(), "drawn.jpg");
        var (left, top, side) = ((int)drawn.Box.Left, (int)drawn.Box.Top, (int)(1.05f * drawn.Box.Side));
        var pixels = new byte[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                pixels[(y * side) + x] = whole.Row(Math.Clamp(top + y, 0, whole.Height - 1))[Math.Clamp(left + x, 0, whole.Width - 1)];
            }
        }

        _photo = new GrayImage(side, side, pixels);
        _box = drawn.Box with { CenterX = drawn.Box.CenterX - left, CenterY = drawn.Box.CenterY - top };
        _landmarks = drawn.Face.Landmarks.Map(point => new FacePoint(point.X - left, point.Y - top));
    }

    private FaceBox Corner => new(0.2f * _photo.Width, 0.2f * _photo.Width, 0.36f * _photo.Width, BoxSource.Detector);

    [Fact]
    public void A_sure_find_is_read_where_it_is()
    {
        using var reader = Reader(new FoundFace(_box, 0.99f));
        Assert.Equal(Read(reader, _photo.Pixels, _box, 0.99f), reader.ReadSingle(_photo.Pixels));
    }

    [Fact]
    public void Of_a_doubtful_find_and_the_middle_the_reading_is_kept_that_holds()
    {
        using var mistaken = Reader(new FoundFace(Corner, 0.6f));
        var read = mistaken.ReadSingle(_photo.Pixels)!;
        Assert.Equal(0, read.Score);
        Assert.InRange(Error(read), 0, 0.12);
        Assert.True(Error(mistaken.ReadAt(_photo.Pixels, [Corner])[0]) > 0.3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_doubtful_find_that_is_right_is_kept_where_the_face_does_not_fill_the_photo(int times)
    {
        // The face in the upper left corner of a photo that is empty otherwise.
        var side = times * _photo.Width;
        var pixels = new byte[side * side];
        Array.Fill(pixels, (byte)110);
        for (var y = 0; y < _photo.Height; y++)
        {
            _photo.Row(y).CopyTo(pixels.AsSpan(y * side));
        }

        var photo = new PhotoPixels(pixels, side, side, PixelFormat.Gray);
        using var reader = Reader(new FoundFace(_box, 0.6f));
        Assert.Equal(Read(reader, photo, _box, 0.6f), reader.ReadSingle(photo));
    }

    [Fact]
    public void With_a_least_score_of_ones_own_what_was_found_is_read()
    {
        using var reader = Reader(new FoundFace(Corner, 0.6f));
        var options = new ReaderOptions { Finder = new FinderOptions { MinimumScore = 0.5f } };
        Assert.Equal(Read(reader, _photo.Pixels, Corner, 0.6f), reader.ReadSingle(_photo.Pixels, options));
        Assert.Null(reader.ReadSingle(_photo.Pixels, new ReaderOptions { Finder = new FinderOptions { MinimumScore = 0.7f } }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_find_the_middle_is_read_if_its_size_is_asked_for(bool looksAgain)
    {
        using var reader = new FaceReader(new KnownFinder(), FaceReader.Default.Model, secondLook: looksAgain ? FaceReader.Default.SecondLook : null);
        var read = reader.ReadSingle(_photo.Pixels)!;
        Assert.Equal(0, read.Score);
        Assert.InRange(Error(read), 0, 0.12);
        Assert.Null(reader.ReadSingle(_photo.Pixels, new ReaderOptions { Finder = new FinderOptions { LargestFace = 0.7f * _photo.Width } }));
    }

    /// <summary>What a find is read as: its reading, and the mean with looks from around it.</summary>
    private static Face Read(FaceReader reader, PhotoPixels photo, FaceBox box, float score)
    {
        using var second = new ReaderNetwork(new ReaderModel(reader.SecondLook!, isSecond: true), 1);
        return RepeatedLooks.LookAround(second, photo, reader.ReadAt(photo, [box])[0], TestContext.Current.CancellationToken) with { Score = score };
    }

    private static FaceReader Reader(params FoundFace[] found) => new(new KnownFinder(found), FaceReader.Default.Model, secondLook: FaceReader.Default.SecondLook);

    private double Error(Face face) =>
        Enum.GetValues<Landmark>().Average(landmark => face.Landmarks[landmark].DistanceTo(_landmarks[landmark])) / _landmarks.InterOcularDistance;

    private sealed class KnownFinder(params FoundFace[] found) : IFaceFinder
    {
        public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default) =>
            [.. found.Where(face => face.Score >= (options?.MinimumScore ?? 0))];
    }
}
