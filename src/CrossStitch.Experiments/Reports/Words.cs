using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports;

/// <summary>Times and intervals as the report writes them.</summary>
public static class Words
{
    /// <summary>Seconds as a person says them.</summary>
    /// <param name="seconds">The time.</param>
    public static string Duration(double seconds) => seconds switch
    {
        < 1 => "under 1 s",
        < 90 => $"{ResultText.Number(seconds, 0)} s",
        < 5400 => $"{ResultText.Number(seconds / 60, 0)} min",
        _ => $"{ResultText.Number(seconds / 3600, 1)} h",
    };

    /// <summary>Both ends of an estimate's interval; of one seed, which has none, its mean.</summary>
    /// <param name="estimate">The estimate.</param>
    public static double[] Ends(Estimate estimate) => estimate.Interval is { } interval ? [interval.Low, interval.High] : [estimate.Mean];
}
