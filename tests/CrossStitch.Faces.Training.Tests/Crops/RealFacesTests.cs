using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Tests.Crops;

[Trait("Data", "MTFL")]
public class RealFacesTests
{
    [Theory]
    [InlineData(MtflSplit.Training, 10_000, 9_892, 91, 0.078)]
    [InlineData(MtflSplit.Testing, 1_498, 1_460, 3, 0.087)]
    public void MTFL_reads_with_no_error_and_its_boxes_fit(MtflSplit split, int count, int detected, int mismatched, double spread)
    {
        using var archive = RealFaces.Open();
        var loaded = FaceLoader.Load(archive, split, new() { Boxes = RealFaces.Boxes(), CacheFolder = null }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(count, loaded.Faces.Count);
        Assert.Empty(loaded.Problems);
        Assert.Equal(new BoxCounts(detected, count - detected, mismatched), loaded.Boxes);
        Assert.Equal(spread, MeanDistanceToMeanShape(loaded.Faces), 0.001);
    }

    private static double MeanDistanceToMeanShape(FaceCropSet faces)
    {
        var shapes = Enumerable.Range(0, faces.Count).Select(i => faces[i].Landmarks).ToArray();
        return Enum.GetValues<Landmark>().Average(landmark =>
        {
            var mean = new FacePoint(shapes.Average(shape => shape[landmark].X), shapes.Average(shape => shape[landmark].Y));
            return shapes.Average(shape => shape[landmark].DistanceTo(mean));
        });
    }
}
