using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Data;

/// <summary>The scores of an epoch on faces.</summary>
public static class FaceScores
{
    /// <summary>The landmarks' mean error, in box widths.</summary>
    public const string LandmarkError = "landmark-error";

    /// <summary>The accuracy of an attribute, 0..1.</summary>
    /// <param name="task">Which attribute.</param>
    public static string Accuracy(AuxiliaryTask task) => $"{FaceTasks.Name(task)}-accuracy";

    /// <summary>The scores of a group of faces: of what was predicted.</summary>
    /// <param name="group">How it was predicted.</param>
    internal static IReadOnlyDictionary<string, double> Of(FaceGroupEvaluation group)
    {
        var scores = new Dictionary<string, double>();
        if (group.Landmarks is { } landmarks)
        {
            scores[LandmarkError] = landmarks.Overall.MeanError;
        }

        foreach (var task in FaceTasks.AllAuxiliary)
        {
            if (FaceTasks.EvaluationOf(task, group) is { } attribute)
            {
                scores[Accuracy(task)] = attribute.Accuracy;
            }
        }

        return scores;
    }
}
