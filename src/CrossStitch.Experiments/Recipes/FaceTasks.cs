using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Recipes;

/// <summary>The tasks of section 4.1 as learning tasks.</summary>
public static class FaceTasks
{
    /// <summary>Name of the main task.</summary>
    public const string Landmarks = "landmarks";

    /// <summary>
    /// Where the landmarks of a face lie on average in its box (x1..x5, y1..y5, box units), from MTFL's training
    /// faces in detector boxes: what the landmark head says before it has learned anything.
    /// </summary>
    public static IReadOnlyList<float> MeanShape { get; } = [0.34f, 0.68f, 0.51f, 0.37f, 0.66f, 0.39f, 0.39f, 0.60f, 0.76f, 0.75f];

    /// <summary>All four auxiliary tasks: the paper's "all".</summary>
    public static IReadOnlyList<AuxiliaryTask> AllAuxiliary { get; } = Enum.GetValues<AuxiliaryTask>();

    /// <summary>The main task: x1..x5, y1..y5 in box units.</summary>
    /// <param name="weight">λ in the joint loss.</param>
    public static RegressionTask MainTask(double weight = 1) => new(Landmarks, FaceLandmarks.Numbers, weight, MeanShape);

    /// <summary>An auxiliary task.</summary>
    /// <param name="task">Which.</param>
    /// <param name="weight">λ in the joint loss.</param>
    public static ClassificationTask Auxiliary(AuxiliaryTask task, double weight) => new(Name(task), ClassNames(task).Count, weight);

    /// <summary>An auxiliary task's name: of its targets, outputs, metrics and options.</summary>
    /// <param name="task">Which.</param>
    public static string Name(AuxiliaryTask task) => task.ToString().ToLowerInvariant();

    /// <summary>The names of a task's classes, in the order of its logits.</summary>
    /// <param name="task">Which.</param>
    public static IReadOnlyList<string> ClassNames(AuxiliaryTask task) => FaceAttribute.Named(Name(task)).Classes;

    /// <summary>The class of a face in a task.</summary>
    /// <param name="task">Which task.</param>
    /// <param name="attributes">The face's attributes.</param>
    public static int ClassOf(AuxiliaryTask task, FaceAttributes attributes) => attributes[FaceAttribute.Named(Name(task))];

    /// <summary>How well a task was predicted in an evaluation; null if it was not.</summary>
    /// <param name="task">Which task.</param>
    /// <param name="group">The evaluation.</param>
    public static AttributeEvaluation? EvaluationOf(AuxiliaryTask task, FaceGroupEvaluation group) => group[FaceAttribute.Named(Name(task))];
}
