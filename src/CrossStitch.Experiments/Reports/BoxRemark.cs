using CrossStitch.Faces.Boxes;

namespace CrossStitch.Experiments.Reports;

/// <summary>What to know of a result on faces whose boxes no detector found.</summary>
public static class BoxRemark
{
    /// <summary>
    /// A sentence to stand beside the result; null where every box was detected. A box that is derived from the true landmarks
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

        var part = derived == all ? $"All {all} test boxes come" : $"{derived} of {all} test boxes {(derived == 1 ? "comes" : "come")}";
        return 2 * derived > all
            ? $"{part} from the true landmarks, not from a detector, which flatters the result: give detected boxes with --boxes."
            : $"{part} from the true landmarks, not from a detector.";
    }
}
