namespace CrossStitch.Experiments.Reports;

/// <summary>Whether a claim of the paper holds here.</summary>
internal enum ClaimStanding
{
    /// <summary>Yes.</summary>
    Holds,

    /// <summary>For some networks or layers.</summary>
    Partly,

    /// <summary>No.</summary>
    Fails,

    /// <summary>The study cannot tell.</summary>
    Unknown,
}
