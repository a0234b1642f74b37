using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;

namespace CrossStitch.Experiments.Runs;

/// <summary>How a network does on examples.</summary>
/// <param name="Predictions">What it predicts.</param>
/// <param name="Scores">What that measures, example by example.</param>
/// <param name="Examples">The examples.</param>
/// <param name="Evaluation">The scores summed up.</param>
public sealed record Measured(Predictions Predictions, ScoreTable Scores, TestExamples Examples, Evaluation Evaluation);
