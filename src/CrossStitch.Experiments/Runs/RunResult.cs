using CrossStitch.Experiments.Scores;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>What came out of a run.</summary>
/// <param name="Version">The version of the form; files of version 1 have none.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Parameters">How many numbers it learned.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="KeptEpoch">The epoch whose weights it kept.</param>
/// <param name="TrainingSeconds">Time spent in epochs.</param>
/// <param name="Test">How it does on the test examples; null where there were none, and in files of version 1.</param>
/// <param name="Validation">How it does on the validation examples; likewise.</param>
/// <param name="Stitches">What its cross-stitch units learned.</param>
/// <param name="Relation">Where its weight relation ended.</param>
public sealed record RunResult(
    int Version,
    long Seed,
    long Parameters,
    int Epochs,
    int KeptEpoch,
    double TrainingSeconds,
    Evaluation? Test,
    Evaluation? Validation,
    IReadOnlyList<StitchSummary> Stitches,
    IReadOnlyList<RelationSummary> Relation)
{
    /// <summary>The version that is written.</summary>
    public const int CurrentVersion = 2;
}
