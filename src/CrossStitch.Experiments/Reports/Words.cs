using System.Globalization;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Annotations;

namespace CrossStitch.Experiments.Reports;

/// <summary>Names and numbers as the report writes them.</summary>
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

    /// <summary>A share (0..1) or a part of the box width in %, with a real minus.</summary>
    public static string Percent(double value, int digits = 2) => Number(100 * value, digits);

    /// <summary>A difference in %, with its sign.</summary>
    public static string Signed(double value, int digits = 2)
    {
        var text = Percent(value, digits);
        return value > 0 && text.Any(character => character is >= '1' and <= '9') ? "+" + text : text;
    }

    /// <summary>A number with a real minus; a dash for none.</summary>
    public static string Number(double value, int digits = 2)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        var text = value.ToString("F" + digits, CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? (text.Any(character => character is >= '1' and <= '9') ? "−" + text[1..] : text[1..]) : text;
    }

    /// <summary>A whole number with thin spaces between thousands.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>Seconds as a person says them.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 1 => "under 1 s",
        < 90 => $"{Number(seconds, 0)} s",
        < 5400 => $"{Number(seconds / 60, 0)} min",
        _ => $"{Number(seconds / 3600, 1)} h",
    };

    /// <summary>A noun with its number.</summary>
    public static string Plural(int count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>Both ends of an estimate's interval; of one seed, which has none, its mean.</summary>
    public static double[] Ends(Estimate estimate) =>
        estimate.Interval is { } interval ? [interval.Low, interval.High] : [estimate.Mean];
}
