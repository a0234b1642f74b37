using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Faces.Annotations;

namespace CrossStitch.Experiments.Reports;

/// <summary>The numbers that the paper states, as marks for figures.</summary>
internal static class PaperMarks
{
    /// <summary>Left-eye failures (sections 6.1 and 6.2).</summary>
    public static IReadOnlyList<StatedValue> Failures { get; } =
    [
        new("single", Landmark.LeftEye, 0.186),
        new("split-gender", Landmark.LeftEye, 0.376),
        new("split-smile", Landmark.LeftEye, 0.317),
        new("split-glasses", Landmark.LeftEye, 0.3015),
        new("split-pose", Landmark.LeftEye, 0.270),
        new("split-all", Landmark.LeftEye, 0.306),
        new("cross-stitch-all", Landmark.LeftEye, 0.378),
        new("related-cross-stitch-all", Landmark.LeftEye, 0.250),
    ];

    /// <summary>a_j of the network with all tasks, from the first layer to the last (section 6.3).</summary>
    public static IReadOnlyList<double> Scales { get; } = [0.56633, 0.712272, 0.733182, 0.718621, 0.768055];
}
