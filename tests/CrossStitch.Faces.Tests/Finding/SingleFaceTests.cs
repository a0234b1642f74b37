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

    [Fact]
    public void A_photo_in_colours_is_seen_in_gray()
    {
        var bytes = new byte[3 * 4 * 4];
        bytes.AsSpan().Fill(50);
        var levels = new List<int>();
        var finder = new KnownFinder((photo, _) =>
        {
            if (photo.Width > 4)
            {
                levels.AddRange(photo.Bytes.Length == 0 ? [] : [photo.Row(0)[0], photo.Row(3)[3]]);
            }

            return [];
        });
        Assert.Null(SingleFace.Find(finder, new PhotoPixels(bytes, 4, 4, PixelFormat.Rgb)));
        Assert.Equal([50, 50], levels);
        Assert.Equal(2, finder.Calls);
    }

    [Fact]
    public void At_the_second_try_it_looks_for_large_faces_but_none_larger_than_asked()
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

        Assert.Equal([24, 80, 24, 50], smallest);
    }

    [Fact]
    public void A_border_that_makes_a_photo_too_large_is_not_drawn()
    {
        var finder = new KnownFinder((_, _) => []);
        Assert.Null(SingleFace.Find(finder, new PhotoPixels(new byte[8_000 * 8_000], 8_000, 8_000, PixelFormat.Gray)));
        Assert.Equal(1, finder.Calls);
    }

    [Fact]
    public void A_face_that_fills_the_photo_is_one_to_a_real_finder()
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
