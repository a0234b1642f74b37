using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;

namespace CrossStitch.Faces.Tests.Reading;

/// <summary>What a reader is given that it cannot read, and that what it returns can be compared.</summary>
public sealed class ReaderInputTests
{
    private const int Width = 160;
    private const int Height = 120;

    private static readonly byte[] Gray = RandomReaders.Bytes(Width * Height, 1);

    private static PhotoPixels Photo => new(Gray, Width, Height, PixelFormat.Gray);

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_score_of_another_finder_that_is_not_between_0_and_1_is_refused(float score)
    {
        using var reader = new FaceReader(new ScoringFinder(score), RandomReaders.Model(13));
        Assert.Throws<FaceDataException>(() => reader.Read(Photo));
    }

    [Fact]
    public void A_photo_without_pixels_is_refused_in_plain_words()
    {
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(13));
        using var finder = FaceFinder.LoadDefault();
        foreach (var ask in (Action[])[() => reader.Read(default), () => reader.ReadAt(default, []), () => reader.ReadSingle(default), () => finder.Find(default), () => SingleFace.Find(new ScoringFinder(1), default)])
        {
            Assert.Contains("without pixels", Assert.Throws<ArgumentException>(ask).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_readings_of_a_face_are_equal_and_other_probabilities_are_not()
    {
        using var reader = new FaceReader(new RandomReaders.FixedFinder(RandomReaders.Boxes(2, 3)), RandomReaders.Model(13));
        var (one, other) = (reader.Read(Photo), reader.Read(Photo));
        Assert.True(one[0] == other[0] && one[0].GetHashCode() == other[0].GetHashCode());
        var gender = one[0].Gender!;
        Assert.True(one[0] != one[0] with { Gender = gender with { Probabilities = [.. gender.Probabilities.Reverse()] } });
    }

    [Fact]
    public void A_prediction_is_written_as_its_value_and_probability() => Assert.Equal("Female (0.75)", new Prediction<Gender>(Gender.Female, 0.75f, [0.25f, 0.75f]).ToString());

    private sealed class ScoringFinder(float score) : IFaceFinder
    {
        public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default) => [new(new FaceBox(80, 60, 40, BoxSource.Detector), score)];
    }
}
