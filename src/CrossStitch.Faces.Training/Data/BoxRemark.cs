using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Experiments.Reports;

/// <summary>What to know of a result on faces whose boxes no detector found.</summary>
public static class BoxRemark
{
    /// <summary>
    /// A sentence to stand beside the result; null where no box was derived. A box that is derived from the true landmarks
    /// says where they are, so errors in it are smaller than any user of the network will see.
    /// </summary>
    /// <param name="boxes">How many of the faces that were measured have a box of each source.</param>
    public static string? Of(IReadOnlyDictionary<BoxSource, int> boxes)
    {
        var (derived, all) = (boxes.GetValueOrDefault(BoxSource.Reference), boxes.Values.Sum());
        if (derived == 0)
        {
            return null;
        }

        var part = $"{(derived == all ? "All" : $"{ResultText.Count(derived)} of")} {ResultText.Count(all)} faces {(derived == 1 ? "has" : "have")} a box derived from their true landmarks, not a detector's";
        return 2 * derived > all
            ? $"{part}, which flatters the result: give detected boxes with --boxes."
            : $"{part}.";
    }

    /// <summary>The same of the faces themselves.</summary>
    /// <param name="faces">The faces that were measured.</param>
    public static string? Of(IEnumerable<FaceCrop> faces) =>
        Of(faces.GroupBy(face => face.Box.Source).ToDictionary(source => source.Key, source => source.Count()));
}
