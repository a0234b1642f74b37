using CrossStitch.Faces.Training.Finding;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Tests.Finding;

/// <summary>Pictures without faces.</summary>
public sealed class DrawnBackgroundTests
{
    private const int Side = 64;

    [Fact]
    public void The_same_seed_draws_the_same_and_another_one_something_else()
    {
        var sampler = new FinderSampler(new FinderRecipe());
        var drawn = sampler.Drawn(12, round: 1, CancellationToken.None).ConvertAll(picture => picture.Image.ContentHash);
        Assert.Equal(drawn, sampler.Drawn(12, round: 1, CancellationToken.None).ConvertAll(picture => picture.Image.ContentHash));
        Assert.Equal(24, drawn.Concat(sampler.Drawn(12, round: 2, CancellationToken.None).Select(picture => picture.Image.ContentHash)).Distinct().Count());
    }

    [Fact]
    public void No_box_of_a_drawn_picture_is_a_face()
    {
        var picture = FinderPhoto.WithoutFace("drawn", DrawnBackground.Draw(new SeededRandom(1), Side));
        Assert.Equal(0, picture.Overlap(new FaceBox(0, 0, 10, BoxSource.Detector)));
        Assert.Equal(0, picture.Overlap(new FaceBox(32, 32, 64, BoxSource.Detector)));
    }
}
