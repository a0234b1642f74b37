namespace CrossStitch.Experiments.Statistics;

/// <summary>What networks are compared by. Of both, less is better.</summary>
public enum Measure
{
    /// <summary>A face's error, averaged over its five landmarks, in box widths (section 4.2).</summary>
    MeanError,

    /// <summary>Share of faces (0..1) whose error is above 5 % of the box width (section 4.2).</summary>
    FailureRate,
}
