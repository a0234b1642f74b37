using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>What came out of a run.</summary>
/// <param name="Network">Which network.</param>
/// <param name="Auxiliary">Its auxiliary tasks.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Parameters">How many numbers it learned.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="KeptEpoch">The epoch whose weights it kept.</param>
/// <param name="TrainingSeconds">Time spent in epochs.</param>
/// <param name="Test">How it does on the test faces; null where there were none.</param>
/// <param name="Validation">How it does on the validation faces; null where there were none.</param>
/// <param name="Stitches">What its cross-stitch units learned.</param>
/// <param name="Relation">Where its weight relation ended.</param>
public sealed record RunResult(
    NetworkKind Network,
    IReadOnlyList<AuxiliaryTask> Auxiliary,
    long Seed,
    long Parameters,
    int Epochs,
    int KeptEpoch,
    double TrainingSeconds,
    FaceEvaluation? Test,
    FaceEvaluation? Validation,
    IReadOnlyList<StitchSummary> Stitches,
    IReadOnlyList<RelationSummary> Relation);
