using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>A finished run of a study.</summary>
/// <param name="Variant">What it is a run of.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Recipe">Its recipe, with versions.</param>
/// <param name="Result">Its result.</param>
/// <param name="Epochs">Its epochs, as far as its metrics are whole.</param>
/// <param name="Predictions">What it predicts for the study's test examples.</param>
/// <param name="Scores">What that measures.</param>
public sealed record StudyRun(
    Variant Variant, string Folder, Recipe Recipe, RunResult Result, IReadOnlyList<EpochReport> Epochs, Predictions Predictions, ScoreTable Scores)
{
    /// <summary>How many of its epochs its metrics lack.</summary>
    public int MissingEpochs => Result.Epochs - Epochs.Count;
}
