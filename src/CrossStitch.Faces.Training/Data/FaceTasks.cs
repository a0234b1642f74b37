using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Tasks;

namespace CrossStitch.Faces.Training.Data;

/// <summary>The tasks of section 4.1 as learning tasks: the landmarks, and a task an attribute.</summary>
public static class FaceTasks
{
    /// <summary>Name of the main task.</summary>
    public const string Landmarks = "landmarks";

    /// <summary>λ of every attribute over the landmarks' 1, where nothing else is said.</summary>
    public const double AttributeWeight = 0.002;

    /// <summary>
    /// Where the landmarks of a face lie on average in its box (x1..x5, y1..y5, box units), from MTFL's training
    /// faces in detector boxes: what the landmark head predicts before it has learned anything.
    /// </summary>
    public static IReadOnlyList<float> MeanShape { get; } = [0.34f, 0.68f, 0.51f, 0.37f, 0.66f, 0.39f, 0.39f, 0.60f, 0.76f, 0.75f];

    /// <summary>All tasks, the main one first.</summary>
    public static IReadOnlyList<LearningTask> All { get; } = From(MeanShape);

    /// <summary>All tasks where faces are seen in another way.</summary>
    /// <param name="shape">Where the landmarks lie on average in what is seen: x1..x5, y1..y5.</param>
    public static IReadOnlyList<LearningTask> From(IReadOnlyList<float> shape) =>
    [
        new RegressionTask(Landmarks, FaceLandmarks.Numbers, 1, shape) { OutputNames = [.. Coordinates("x"), .. Coordinates("y")] },
        .. FaceAttribute.All.Select(attribute => new ClassificationTask(attribute.Name, attribute.Classes.Count, AttributeWeight) { OutputNames = attribute.Classes }),
    ];

    private static IEnumerable<string> Coordinates(string axis) => Enum.GetValues<Landmark>().Select(landmark => $"{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(landmark.ToString())}-{axis}");
}
