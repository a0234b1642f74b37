using System.Text.Json;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Faces.Training.Tests.Metrics;

public class FaceEvaluationTests
{
    private static readonly FaceLandmarks Points = new(
        new(0.3f, 0.4f), new(0.7f, 0.4f), new(0.5f, 0.6f), new(0.4f, 0.75f), new(0.6f, 0.75f));

    private static readonly FaceCrop[] Faces =
    [
        Face("0°", BoxSource.Detector),
        Face("0°", BoxSource.Reference),
        Face("60°", BoxSource.Detector),
    ];

    [Fact]
    public void Each_pose_and_each_box_source_is_measured_apart()
    {
        // Only the second face is wrong: all its points are 0.1 to the right.
        var evaluation = FaceEvaluation.Measure(Faces, new FacePredictions(Predict(0, 0.1f, 0), Classes("pose", 2, 3, 4)));

        Assert.Equal(0.1 / 3, evaluation.Overall.Landmarks!.Overall.MeanError, 6);
        Assert.Equal(["0°", "60°"], evaluation.ByPose.Keys);
        Assert.Equal(0.05, evaluation.ByPose["0°"].Landmarks!.Overall.MeanError, 6);
        Assert.Equal(0, evaluation.ByPose["60°"].Landmarks!.Overall.MeanError, 6);
        Assert.Equal(2, evaluation.BySource[BoxSource.Detector].Faces);
        Assert.Equal(0.1, evaluation.BySource[BoxSource.Reference].Landmarks!.Overall.MeanError, 6);
        Assert.Equal(0.5, evaluation.ByPose["0°"][FaceAttribute.Pose]!.Accuracy, 6);
        Assert.Equal(1, evaluation.BySource[BoxSource.Detector][FaceAttribute.Pose]!.Accuracy, 6);
    }

    [Fact]
    public void What_was_not_predicted_is_not_measured()
    {
        var evaluation = FaceEvaluation.Measure(Faces, new FacePredictions(null, Classes("smile", 1, 1, 0)));

        Assert.Null(evaluation.Overall.Landmarks);
        Assert.Null(evaluation.Overall[FaceAttribute.Gender]);
        Assert.Equal(2.0 / 3, evaluation.Overall[FaceAttribute.Smile]!.Accuracy, 6);
    }

    [Fact]
    public void It_comes_back_from_json_as_it_was()
    {
        var predictions = new FacePredictions(Predict(0.02f, 0.1f, 0), new Dictionary<string, int[]> { ["pose"] = [2, 3, 4], ["glasses"] = [0, 1, 0] });
        var evaluation = FaceEvaluation.Measure(Faces, predictions);

        var json = JsonSerializer.Serialize(evaluation);
        var back = JsonSerializer.Deserialize<FaceEvaluation>(json)!;
        var predicted = JsonSerializer.Deserialize<FacePredictions>(JsonSerializer.Serialize(predictions, JsonSerializerOptions.Web))!;

        Assert.Equal(json, JsonSerializer.Serialize(back));
        Assert.Equal(["0°", "60°"], back.ByPose.Keys);
        Assert.Equal(predictions.Landmarks, predicted.Landmarks);
        Assert.Equal(predictions.Attributes, predicted.Attributes);
        Assert.Equal(evaluation.ByPose["0°"].Landmarks!.Overall, back.ByPose["0°"].Landmarks!.Overall);
    }

    [Fact]
    public void Predictions_for_another_number_of_faces_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FaceEvaluation.Measure(Faces, new FacePredictions(new float[20], Classes("smile", 1, 1, 0))));
        Assert.Throws<ArgumentException>(() => FaceEvaluation.Measure(Faces, new FacePredictions(null, Classes("pose", 1, 1))));
        Assert.Throws<ArgumentException>(() => FaceEvaluation.Measure(Faces, new FacePredictions(null, Classes("mood", 1, 1, 0))));
        Assert.Throws<ArgumentException>(() => FaceEvaluation.Measure([], new FacePredictions(null, Classes("pose"))));
    }

    private static FaceCrop Face(string pose, BoxSource source) =>
        new("a.jpg", new FaceBox(50, 50, 40, source), Points, FaceAttributes.Of((FaceAttribute.Pose, pose), (FaceAttribute.Smile, "yes")));

    private static Dictionary<string, int[]> Classes(string attribute, params int[] classes) => new() { [attribute] = classes };

    private static float[] Predict(params float[] shifts)
    {
        var numbers = new float[10 * shifts.Length];
        for (var i = 0; i < shifts.Length; i++)
        {
            Points.Map(point => point with { X = point.X + shifts[i] }).CopyTo(numbers.AsSpan(10 * i));
        }

        return numbers;
    }
}
