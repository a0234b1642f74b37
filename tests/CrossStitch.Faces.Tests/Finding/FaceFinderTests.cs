using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Tests.Reading;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>A finder as its caller sees it: with random networks what it finds means nothing, but all else must hold.</summary>
public sealed class FaceFinderTests
{
    private const int Width = 150;
    private const int Height = 110;

    private static readonly FinderOptions Options = new() { SmallestFace = 24 };

    private static readonly byte[] Gray = RandomReaders.Bytes(Width * Height, seed: 3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_change_no_bit(bool looksTwice)
    {
        IReadOnlyList<FoundFace>? expected = null;
        foreach (var threads in new[] { 1, 2, 3, 2 })
        {
            using var finder = new FaceFinder(RandomFinders.Model(looksTwice), threads);
            var found = finder.Find(Photo(), Options);
            Assert.InRange(found.Count, 3, 400);
            Assert.Equal(found.Select(face => face.Score).OrderDescending(), found.Select(face => face.Score));
            expected ??= found;
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Any_number_of_callers_find_the_same()
    {
        using var finder = new FaceFinder(RandomFinders.Model(looksTwice: true));
        var expected = finder.Find(Photo(), Options);
        Parallel.For(0, 40, _ => Assert.Equal(expected, finder.Find(Photo(), Options)));
    }

    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Bgra)]
    public void A_gray_photo_in_colours_is_the_same_photo(PixelFormat format)
    {
        var size = format == PixelFormat.Rgb ? 3 : 4;
        var stride = (size * Width) + 5;
        var bytes = new byte[stride * Height];
        for (var i = 0; i < Gray.Length; i++)
        {
            bytes.AsSpan((i / Width * stride) + (i % Width * size), size).Fill(Gray[i]);
        }

        using var finder = new FaceFinder(RandomFinders.Model(looksTwice: false));
        Assert.Equal(finder.Find(Photo(), Options), finder.Find(new PhotoPixels(bytes, Width, Height, format, stride), Options));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 2)]
    [InlineData(29, 29)]
    public void Photos_smaller_than_what_the_network_sees_are_photos(int width, int height)
    {
        using var finder = new FaceFinder(RandomFinders.Model(looksTwice: true));
        var found = finder.Find(new PhotoPixels(RandomReaders.Bytes(width * height, seed: 4), width, height, PixelFormat.Gray), new FinderOptions { SmallestFace = 8, MinimumScore = 0 });
        Assert.All(found, face => Assert.True(float.IsFinite(face.Box.CenterX + face.Box.CenterY + face.Box.Side + face.Score)));
    }

    [Fact]
    public void Options_hold()
    {
        using var finder = new FaceFinder(RandomFinders.Model(looksTwice: false));
        var all = finder.Find(Photo(), Options);
        Assert.All(finder.Find(Photo(), Options with { SmallestFace = 40 }), face => Assert.True(face.Box.Side >= 40 * 0.85f));
        Assert.All(finder.Find(Photo(), Options with { LargestFace = 60 }), face => Assert.True(face.Box.Side <= 60 * 1.15f));
        Assert.Equal(all.Take(2), finder.Find(Photo(), Options with { MostFaces = 2 }));
        using var twice = new FaceFinder(RandomFinders.Model(looksTwice: true));
        Assert.Equal(twice.Find(Photo(), Options).Take(1), twice.Find(Photo(), Options with { MostFaces = 1 }));
        var score = all[all.Count / 2].Score;
        Assert.All(finder.Find(Photo(), Options with { MinimumScore = score }), face => Assert.True(face.Score >= score));
        foreach (var wrong in new FinderOptions[] { new() { SmallestFace = 7 }, new() { LargestFace = 39 }, new() { MinimumScore = 1.1f }, new() { MostFaces = 0 }, new() { SmallestFace = float.NaN }, new() { MinimumScore = float.NaN } })
        {
            Assert.Throws<ArgumentException>(() => finder.Find(Photo(), wrong));
        }
    }

    [Fact]
    public void A_photo_that_would_have_to_be_enlarged_beyond_memory_is_refused()
    {
        using var finder = new FaceFinder(RandomFinders.Model(looksTwice: false));
        var gray = new byte[9000 * 9000];
        var error = Assert.Throws<ArgumentException>(() => finder.Find(new PhotoPixels(gray, 9000, 9000, PixelFormat.Gray), new FinderOptions { SmallestFace = 8 }));
        Assert.Contains("enlarged to more than 100 megapixels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_stopped_and_ends()
    {
        var finder = new FaceFinder(RandomFinders.Model(looksTwice: false));
        Assert.ThrowsAny<OperationCanceledException>(() => finder.Find(Photo(), Options, new CancellationToken(canceled: true)));
        finder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => finder.Find(Photo(), Options));
    }

    [Fact]
    public void A_model_that_is_no_finder_says_what_it_lacks()
    {
        var model = RandomFinders.Model(looksTwice: false);
        void Refused(NetworkModel wrong, string because) =>
            Assert.Contains(because, Assert.Throws<FaceDataException>(() => new FaceFinder(wrong)).Message, StringComparison.Ordinal);
        Refused(RandomReaders.Model(seed: 1), "it needs a head 'face' of 2 outputs");
        Refused(model with { Metadata = new Dictionary<string, string>() }, FaceFinder.ThresholdKey);
        Refused(model with { Metadata = new Dictionary<string, string> { [FaceFinder.ThresholdKey] = "NaN" } }, FaceFinder.ThresholdKey);
        Refused(model with { Input = model.Input with { Crop = null } }, "square-detector-box");
        Refused(model with { Input = model.Input with { Crop = new CropFormat("square-detector-box", 16) } }, "a margin of at most 1");
        Refused(model with { Shape = model.Shape with { InputHeight = 4096, InputWidth = 4096 } }, "its input is 4096 pixels wide");
        Refused(model with { Shape = model.Shape with { Stages = [.. model.Shape.Stages.Select(stage => stage with { Pool = false })] } }, "0 of its stages are pooled");
    }

    [Theory]
    [InlineData(1e6f)]
    [InlineData(1e30f)]
    public void Boxes_beyond_all_photos_are_no_finds(float factor)
    {
        var model = RandomFinders.Model(looksTwice: true);
        using var finder = new FaceFinder(model with { Heads = [.. model.Heads.Select(head => head.Name == "box" ? head with { Weights = head.Weights.ToArray().Select(weight => weight * factor).ToArray() } : head)] });
        Assert.All(finder.Find(Photo(), Options), face => Assert.True(MathF.Abs(face.Box.CenterX) + MathF.Abs(face.Box.CenterY) + face.Box.Side < 1e8f));
    }

    [Fact]
    public void A_second_look_makes_another_finder_of_the_same_weights()
    {
        using var once = new FaceFinder(RandomFinders.Model(looksTwice: false));
        using var twice = new FaceFinder(RandomFinders.Model(looksTwice: true));
        Assert.NotEqual(once.ContentKey, twice.ContentKey);
        Assert.NotEqual(once.Find(Photo(), Options), twice.Find(Photo(), Options));
    }

    [Fact]
    public void The_finder_in_the_package_is_one_and_finds_nothing_in_plain_gray()
    {
        using var finder = FaceFinder.LoadDefault();
        Assert.InRange(finder.Threshold, 0.3f, 1);
        var plain = new byte[Width * Height];
        Array.Fill(plain, (byte)128);
        Assert.Empty(finder.Find(new PhotoPixels(plain, Width, Height, PixelFormat.Gray), Options));
    }

    private static PhotoPixels Photo() => new(Gray, Width, Height, PixelFormat.Gray);
}
