namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>What the paper measures landmarks by (section 4.2).</summary>
public enum LandmarkMeasure
{
    /// <summary>Distance over box width, averaged over faces.</summary>
    MeanError,

    /// <summary>Share of faces above 5 % of the box width.</summary>
    FailureRate,
}
