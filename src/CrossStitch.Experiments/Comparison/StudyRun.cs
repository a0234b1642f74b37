using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Comparison;

/// <summary>A finished run of a study.</summary>
/// <param name="Variant">The network, its auxiliary tasks, and what is different where it answers a question: <c>split-all</c>, <c>cross-stitch-all@per-layer</c>.</param>
/// <param name="Recipe">Its recipe, with versions.</param>
/// <param name="Result">Its result.</param>
/// <param name="Epochs">Its epochs.</param>
/// <param name="Predictions">What it predicts for the study's test faces.</param>
public sealed record StudyRun(string Variant, Recipe Recipe, RunResult Result, IReadOnlyList<EpochReport> Epochs, FacePredictions Predictions);
