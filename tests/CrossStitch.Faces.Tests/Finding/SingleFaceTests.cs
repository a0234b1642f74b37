using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Tests.Reading;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>The face of a photo that shows one, by finders whose finds are known.</summary>
public sealed class SingleFaceTests
{
    private const int Width = 40;
    private const int Height = 20;

    private static readonly byte[] Photo = [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i % 2 == 0 ? 60 : 100))];

    [Fact]
    public void The_sure_face_nearest_to_the_middle_is_it()
    {
        var finder = new KnownFinder((_, _) => [Found(5, 5, 0.99f), Found(22, 11, 0.6f), Found(38, 10, 0.8f)]);
        Assert.Equal(Found(22, 11, 0.6f), SingleFace.Find(finder, new PhotoPixels(Photo, Width, Height, PixelFormat.Gray)));
        Assert.Equal(1, finder.Calls);
    }

    [Fact]
    public void Where_none_is_sure_it_looks_again_with_a_border_and_less_certainty()
    {
        FinderOptions? second = null;
        var finder = new KnownFinder((gray, options) =>
        {
            if (gray.Width == Width)
            {
                return [];
            }

            second = options;
            Assert.Equal((Width + 20, Height + 10, PixelFormat.Gray), (gray.Width, gray.Height, gray.Format));
            for (var y = 0; y < gray.Height; y++)
            {
                for (var x = 0; x < gray.Width; x++)
                {
                    var isInside = x is >= 10 and < 10 + Width && y is >= 5 and < 5 + Height;
                    Assert.Equal(isInside ? Photo[((y - 5) * Width) + x - 10] : 80, gray.Row(y)[x]);
                }
            }

            return [Found(30, 15, 0.02f), Found(11, 6, 0.2f)];
        });

        // The surest one, in pixels of the photo without its border.
        Assert.Equal(Found(1, 1, 0.2f), SingleFace.Find(finder, new PhotoPixels(Photo, Width, Height, PixelFormat.Gray), new FinderOptions()));
        Assert.Equal((40f, SingleFace.LeastScore), (second!.SmallestFace, second.MinimumScore));
    }

    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Bgr)]
    public void A_photo_in_colours_is_seen_in_gray(PixelFormat format)
    {
        const int Side = 4;
        const int Stride = (3 * Side) + 5;
        byte[] pixel = format == PixelFormat.Rgb ? [200, 100, 0] : [0, 100, 200];
        var bytes = new byte[Stride * Side];
        for (var i = 0; i < Side * Side; i++)
        {
            pixel.CopyTo(bytes, (i / Side * Stride) + (i % Side * 3));
        }

        List<byte> levels = [];
        var finder = new KnownFinder((photo, _) =>
        {
            if (photo.Width > Side)
            {
                levels.AddRange(photo.Bytes[..(photo.Width * photo.Height)]);
            }

            return [];
        });
        Assert.Null(SingleFace.Find(finder, new PhotoPixels(bytes, Side, Side, format, Stride)));
        Assert.Equal(Enumerable.Repeat(Luma.Of(200, 100, 0), 6 * 6), levels);
    }

    [Fact]
    public void At_the_second_try_it_looks_for_large_faces_and_not_at_all_where_they_are_too_large()
    {
        List<float> smallest = [];
        var finder = new KnownFinder((_, options) =>
        {
            smallest.Add(options.SmallestFace);
            return [];
        });
        foreach (var largest in new[] { float.PositiveInfinity, 50 })
        {
            Assert.Null(SingleFace.Find(finder, new PhotoPixels(new byte[300 * 240], 300, 240, PixelFormat.Gray), new FinderOptions { SmallestFace = 24, LargestFace = largest }));
        }

        Assert.Equal([24, 80, 24], smallest);
    }

    [Fact]
    public void A_large_photo_is_shrunk_for_the_second_try()
    {
        // Every second pixel is black: the mean of four is half as bright.
        var bytes = new byte[1500 * 1000];
        for (var i = 0; i < bytes.Length; i += 2)
        {
            bytes[i] = 200;
        }

        var finder = new KnownFinder((photo, options) =>
        {
            if (photo.Width == 1500)
            {
                return [];
            }

            Assert.Equal((750 + (2 * 188), 500 + (2 * 125)), (photo.Width, photo.Height));
            Assert.All(new[] { photo.Row(0)[0], photo.Row(125)[188], photo.Row(624)[937] }, level => Assert.Equal(100, level));
            Assert.Equal(1000 / 3f / 2, options.SmallestFace, 0.01f);
            return [Found(188 + 300, 125 + 200, 0.1f)];
        });
        var found = SingleFace.Find(finder, new PhotoPixels(bytes, 1500, 1000, PixelFormat.Gray));
        Assert.Equal((600, 400, 20), (found!.Box.CenterX, found.Box.CenterY, found.Box.Side));
        Assert.Equal(new FacePoint(600, 400), found.Landmarks!.Nose);
    }

    [Fact]
    public void A_strip_that_a_border_would_make_too_large_has_no_second_try()
    {
        var finder = new KnownFinder((_, _) => []);
        Assert.Null(SingleFace.Find(finder, new PhotoPixels(new byte[500 * 100_000], 100_000, 500, PixelFormat.Gray)));
        Assert.Equal(1, finder.Calls);
    }

    [Fact]
    public void Options_of_a_search_for_many_do_not_turn_it_round()
    {
        var finder = new KnownFinder((_, options) => Array.FindAll([Found(22, 11, 0.6f), Found(5, 5, 0.99f), Found(20, 10, 0.1f)], face => face.Score >= (options.MinimumScore ?? 0.5f))[..Math.Min(2, options.MostFaces)]);
        FoundFace? Find(FinderOptions options) => SingleFace.Find(finder, new PhotoPixels(Photo, Width, Height, PixelFormat.Gray), options);

        // What is nearest to the middle is not sure, though it would do; the surest alone would be another one.
        Assert.Equal(Found(22, 11, 0.6f), Find(new FinderOptions { MinimumScore = 0.05f, MostFaces = 1 }));
        Assert.Equal(Found(5, 5, 0.99f), Find(new FinderOptions { MinimumScore = 0.9f }));
    }

    [Fact]
    public void A_real_finder_finds_in_the_border_what_it_would_find_in_the_photo()
    {
        using var real = new FaceFinder(RandomFinders.Model(looksTwice: true));
        IReadOnlyList<FoundFace> withBorder = [];
        var finder = new KnownFinder((photo, options) => photo.Width == 60 ? [] : withBorder = real.Find(photo, options));
        var found = SingleFace.Find(finder, new PhotoPixels(RandomReaders.Bytes(60 * 60, seed: 3), 60, 60, PixelFormat.Gray), new FinderOptions { SmallestFace = 40 });
        var expected = withBorder[0];
        Assert.Equal((expected.Score, expected.Box.CenterX - 15, expected.Box.CenterY - 15), (found!.Score, found.Box.CenterX, found.Box.CenterY));
        Assert.Equal(expected.Landmarks!.Nose.X - 15, found.Landmarks!.Nose.X);
    }

    private static FoundFace Found(float x, float y, float score) => new(new FaceBox(x, y, 10, BoxSource.Detector), score, FaceLandmarks.FromNumbers([x, x, x, x, x, y, y, y, y, y]));

    private delegate IReadOnlyList<FoundFace> Finds(PhotoPixels photo, FinderOptions options);

    private sealed class KnownFinder(Finds finds) : IFaceFinder
    {
        public int Calls { get; private set; }

        public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
        {
            Calls++;
            return finds(photo, options!);
        }
    }
}
