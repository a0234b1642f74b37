using CrossStitch.Faces.Boxes;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Experiments.Statistics;

/// <summary>Where the boxes of test faces come from: a box made from the true landmarks gives some of the answer away.</summary>
public static class TestBoxes
{
    /// <summary>What must be said beside a result on these faces.</summary>
    /// <param name="faces">The test faces.</param>
    /// <returns>A sentence; null if a detector found every box.</returns>
    public static string? Note(IReadOnlyCollection<FaceCrop> faces)
    {
        var derived = faces.Count(face => face.Box.Source == BoxSource.Reference);
        return derived == 0 ? null
            : $"{(derived == faces.Count ? "All" : $"{ResultText.Count(derived)} of")} {ResultText.Count(faces.Count)} test faces {(derived == 1 ? "has" : "have")} a box derived from their true landmarks, which flatters the result.";
    }
}
