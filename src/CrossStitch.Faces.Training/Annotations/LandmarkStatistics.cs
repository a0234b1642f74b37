using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>Where a landmark lies in the reference boxes of faces, in box units.</summary>
/// <param name="Landmark">Which.</param>
/// <param name="MeanX">Mean from the left edge.</param>
/// <param name="MeanY">Mean from the top edge.</param>
/// <param name="DeviationX">Standard deviation sideways.</param>
/// <param name="DeviationY">Standard deviation up and down.</param>
public sealed record LandmarkStatistics(Landmark Landmark, double MeanX, double MeanY, double DeviationX, double DeviationY)
{
    /// <summary>Of all five landmarks.</summary>
    /// <param name="faces">The faces; at least one.</param>
    public static IReadOnlyList<LandmarkStatistics> Of(IReadOnlyCollection<AnnotatedFace> faces)
    {
        var boxed = faces.Select(face => face.Landmarks.Map(ReferenceBox.Around(face.Landmarks).ToBox)).ToArray();
        return [.. Enum.GetValues<Landmark>().Select(landmark => Of(landmark, [.. boxed.Select(face => face[landmark])]))];
    }

    private static LandmarkStatistics Of(Landmark landmark, FacePoint[] points)
    {
        var x = points.Average(point => (double)point.X);
        var y = points.Average(point => (double)point.Y);
        return new(
            landmark,
            x,
            y,
            Math.Sqrt(points.Average(point => (point.X - x) * (point.X - x))),
            Math.Sqrt(points.Average(point => (point.Y - y) * (point.Y - y))));
    }
}
