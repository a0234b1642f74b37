using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Faces.Training.Data;

/// <summary>What to know of a result on faces whose boxes no detector found.</summary>
public static class BoxRemark
{
    /// <summary>
    /// A sentence to stand beside the result; null where no box was derived. A box that is derived from the true landmarks
    /// says where they are, so errors in it are smaller than any user of the network will see.
    /// </summary>
    /// <param name="faces">The faces that were measured.</param>
    public static string? Of(TestExamples faces)
    {
        var boxes = faces.By(FaceData.BoxGrouping);
        var (derived, all) = (boxes is null ? 0 : boxes.GroupOf.Count(group => group >= 0 && boxes.Groups[group] == Name(BoxSource.Reference)), faces.Count);
        if (derived == 0)
        {
            return null;
        }

        var part = $"{(derived == all ? "All" : $"{ResultText.Count(derived)} of")} {ResultText.Count(all)} faces {(derived == 1 ? "has" : "have")} a box derived from their true landmarks, not a detector's";
        return 2 * derived > all
            ? $"{part}, which flatters the result: give detected boxes with --boxes FILE, or have them found with --boxes find."
            : $"{part}.";
    }

    /// <summary>Where a box came from, in words.</summary>
    /// <param name="source">Where.</param>
    public static string Name(BoxSource source) => source switch
    {
        BoxSource.Detector => "from a detector",
        BoxSource.Reference => "from the true landmarks",
        BoxSource.Drawn => "as drawn",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
