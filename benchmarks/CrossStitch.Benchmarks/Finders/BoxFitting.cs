using CrossStitch.Faces.Finding;
using OwnFinder;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>Finds the one scale and shift that takes a finder's boxes to those of a file.</summary>
internal static class BoxFitting
{
    /// <summary>Overlap (intersection over union) from which on a box is of the face.</summary>
    private const float Near = 0.1f;

    /// <summary>Medians, for a few boxes are of other faces.</summary>
    /// <param name="pairs">What was found in each picture of one face, and the picture.</param>
    public static BoxFit Of(IEnumerable<(FinderPicture Picture, IReadOnlyList<FoundFace> Found)> pairs)
    {
        var (scales, right, down) = (new List<float>(), new List<float>(), new List<float>());
        foreach (var (picture, found) in pairs)
        {
            var wanted = picture.Faces[0].Box;
            if (found.MaxBy(face => BoxOverlap.Of(face.Box, wanted)) is { Box: var box } && BoxOverlap.Of(box, wanted) >= Near)
            {
                scales.Add(wanted.Side / box.Side);
                right.Add((wanted.CenterX - box.CenterX) / box.Side);
                down.Add((wanted.CenterY - box.CenterY) / box.Side);
            }
        }

        return scales.Count == 0 ? BoxFit.None : new(Median(scales), Median(right), Median(down));
    }

    private static float Median(List<float> values) => values.Order().ElementAt(values.Count / 2);
}
