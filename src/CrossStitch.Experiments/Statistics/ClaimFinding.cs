namespace CrossStitch.Experiments.Statistics;

/// <summary>What a study finds of a claim of the paper.</summary>
public enum ClaimFinding
{
    /// <summary>Every comparison says what the claim does.</summary>
    Holds,

    /// <summary>Some comparisons say what the claim does.</summary>
    HoldsInPart,

    /// <summary>No comparison says what the claim does, and none says the opposite: chance may explain all.</summary>
    NotShown,

    /// <summary>No comparison says what the claim does, and some say the opposite.</summary>
    Contradicted,

    /// <summary>The study lacks the runs.</summary>
    NotTested,
}
