namespace CrossStitch.Experiments.Statistics;

/// <summary>What a comparison with a baseline says.</summary>
public enum Verdict
{
    /// <summary>Less error than the baseline, by more than chance explains.</summary>
    Better,

    /// <summary>More error than the baseline, by more than chance explains.</summary>
    Worse,

    /// <summary>Chance may explain the difference; it may still be there.</summary>
    NotDistinguishable,

    /// <summary>
    /// Both were trained with one seed in common: whatever the difference, it is one between two trained networks, and another seed
    /// may turn it round.
    /// </summary>
    OneSeed,
}
