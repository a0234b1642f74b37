namespace CrossStitch.Training;

/// <summary>What an epoch did: a line of a run's metrics.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">Of its last step.</param>
/// <param name="Loss">The joint loss, penalty included, averaged over the epoch's examples.</param>
/// <param name="TaskLosses">Each task's own loss, without its weight λ, averaged likewise.</param>
/// <param name="Penalty">λ_w Ω, averaged likewise; 0 where no weights are tied.</param>
/// <param name="ValidationLosses">Each task's loss on the validation examples after the epoch; null without any.</param>
/// <param name="Stitches">The cross-stitch units after the epoch.</param>
/// <param name="Relation">The weight relation after the epoch.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="ExamplesPerSecond">Training speed.</param>
/// <param name="Scores">
/// What the validation examples measure of the predictions after the epoch, by name, if they are <see cref="IScoredData"/>;
/// null if not, and without any.
/// </param>
public sealed record EpochReport(
    int Epoch,
    double LearningRate,
    double Loss,
    IReadOnlyDictionary<string, double> TaskLosses,
    double Penalty,
    IReadOnlyDictionary<string, double>? ValidationLosses,
    IReadOnlyList<StitchSummary> Stitches,
    IReadOnlyList<RelationSummary> Relation,
    double Seconds,
    double ExamplesPerSecond,
    IReadOnlyDictionary<string, double>? Scores = null);
