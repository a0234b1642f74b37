using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;

namespace CrossStitch.Experiments.Reports;

/// <summary>Names and times as the report writes them.</summary>
internal static class Words
{
    /// <summary>A network's name in a text.</summary>
    public static string Of(NetworkKind network) => network switch
    {
        NetworkKind.Single => "single task",
        NetworkKind.Split => "split",
        NetworkKind.CrossStitch => "cross-stitch",
        NetworkKind.Related => "related",
        NetworkKind.RelatedCrossStitch => "related cross-stitch",
        _ => throw new ArgumentOutOfRangeException(nameof(network)),
    };

    /// <summary>A landmark's name.</summary>
    public static string Of(Landmark landmark) => landmark switch
    {
        Landmark.LeftEye => "left eye",
        Landmark.RightEye => "right eye",
        Landmark.Nose => "nose",
        Landmark.LeftMouthCorner => "left mouth",
        Landmark.RightMouthCorner => "right mouth",
        _ => throw new ArgumentOutOfRangeException(nameof(landmark)),
    };

    /// <summary>The name of a set of auxiliary tasks; "none" of an empty one.</summary>
    public static string Of(IReadOnlyList<AuxiliaryTask> auxiliary) =>
        auxiliary.Count == 0 ? "none" : new AuxiliarySet(auxiliary).Name;

    /// <summary>Seconds as a person says them.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 1 => "under 1 s",
        < 90 => $"{ResultText.Number(seconds, 0)} s",
        < 5400 => $"{ResultText.Number(seconds / 60, 0)} min",
        _ => $"{ResultText.Number(seconds / 3600, 1)} h",
    };

    /// <summary>Both ends of an estimate's interval; of one seed, which has none, its mean.</summary>
    public static double[] Ends(Estimate estimate) =>
        estimate.Interval is { } interval ? [interval.Low, interval.High] : [estimate.Mean];
}
