namespace CrossStitch.Experiments.Studies;

/// <summary>A run of a study that no result is known of: it failed when it was last tried, or it ended and a file of it is damaged.</summary>
/// <param name="Variant">The name of its variant.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Reason">Why; of a damaged run, which file, from the study's folder on, and what is wrong with it.</param>
public sealed record StudyFailure(string Variant, long Seed, string Reason)
{
    /// <summary>Whether it is left out because a file of it is damaged.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>What to do about damaged runs.</summary>
    internal const string Repair = "Restore the file, or run the study's command again with --redo-damaged: it trains them anew, and keeps what is damaged in folders beside them.";
}
