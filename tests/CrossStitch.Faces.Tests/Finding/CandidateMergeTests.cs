using CrossStitch.Faces.Finding;

namespace CrossStitch.Faces.Tests.Finding;

/// <summary>Which candidates are one face, by hand.</summary>
public sealed class CandidateMergeTests
{
    private static readonly FinderOptions Options = new() { SmallestFace = 10 };

    [Fact]
    public void Overlap_is_intersection_over_union()
    {
        Assert.Equal(1, BoxOverlap.Of(Box(50, 50, 20), Box(50, 50, 20)));
        Assert.Equal(0, BoxOverlap.Of(Box(50, 50, 20), Box(70, 50, 20)));
        Assert.Equal(200f / 600, BoxOverlap.Of(Box(50, 50, 20), Box(60, 50, 20)), 1e-6f);
        Assert.Equal(100f / 400, BoxOverlap.Of(Box(50, 50, 20), Box(50, 50, 10)), 1e-6f);
    }

    [Fact]
    public void Those_that_overlap_are_one_face_with_the_surest_ones_score_and_the_mean_of_the_boxes()
    {
        var faces = CandidateMerge.Merge([Of(50, 0.6f), Of(54, 0.9f), Of(200, 0.7f)], Options);
        Assert.Equal([0.9f, 0.7f], faces.Select(face => face.Score));
        Assert.Equal(((0.6f * 50) + (0.9f * 54)) / 1.5f, faces[0].Box.CenterX, 1e-4f);
        Assert.Equal(faces[0].Box.CenterX - 10, faces[0].Landmarks!.LeftEye.X, 1e-3f);
        Assert.Equal(200, faces[1].Box.CenterX, 1e-4f);
    }

    [Fact]
    public void What_overlaps_a_little_is_dropped_without_a_say_in_the_box()
    {
        // Sides of 40, 18 apart: (22 × 40) / (2 × 1600 − 880) = 0.38.
        var face = Assert.Single(CandidateMerge.Merge([Of(50, 0.9f), Of(68, 0.8f)], Options));
        Assert.Equal(50, face.Box.CenterX);
    }

    [Fact]
    public void Neighbours_are_two_faces()
    {
        // 24 apart: (16 × 40) / (3200 − 640) = 0.25.
        Assert.Equal(2, CandidateMerge.Merge([Of(50, 0.9f), Of(74, 0.8f)], Options).Count);
    }

    private static FaceBox Box(float x, float y, float side) => new(x, y, side, BoxSource.Detector);

    private static Candidate Of(float x, float score) => new(Box(x, 60, 40), score, [x - 10, x + 10, x, x - 8, x + 8, 50, 50, 60, 70, 70], Box(x, 60, 50));
}
