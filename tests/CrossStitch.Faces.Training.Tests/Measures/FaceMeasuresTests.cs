using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Towers;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Measures;

public class FaceMeasuresTests
{
    // Eyes half a box apart, at the same height.
    private static readonly float[] Frontal = [0.25f, 0.75f, 0.5f, 0.375f, 0.625f, 0.375f, 0.375f, 0.625f, 0.75f, 0.75f];

    // The eyes of a full profile coincide.
    private static readonly float[] Profile = [0.25f, 0.25f, 0.125f, 0.25f, 0.25f, 0.375f, 0.375f, 0.625f, 0.75f, 0.75f];

    private static readonly string[] OfAll = [FaceMeasures.MeanError, FaceMeasures.FailureRate, FaceMeasures.InterOcularError, FaceMeasures.InterOcularFailureRate];

    [Fact]
    public void A_perfect_prediction_has_no_error_and_the_whole_area()
    {
        var measures = Landmarks(Frontal, Frontal);

        Assert.Equal(1, measures[FaceMeasures.CurveArea], 12);
        Assert.Equal((5 * 4) + OfAll.Length + 1, measures.Count);
        Assert.All(measures.Where(measure => measure.Key != FaceMeasures.CurveArea), measure => Assert.Equal(0, measure.Value));
    }

    [Fact]
    public void Two_faces_by_hand()
    {
        // First face: the left eye is off by (0.0375, 0.05), 0.0625 long. Second: the nose by 0.25 down; all else is right.
        float[] actual = [.. Frontal, .. Frontal];
        float[] predicted = [.. actual];
        predicted[0] += 0.0375f;
        predicted[5] += 0.05f;
        predicted[10 + 7] += 0.25f;

        var measures = Landmarks(predicted, actual);

        // The left eye: 0.0625 on one face and 0 on the other; in inter-ocular distances (0.5) twice that.
        Expect(measures, Landmark.LeftEye, 0.03125, 0.5, 0.0625, 0.5);
        Expect(measures, Landmark.RightEye, 0, 0, 0, 0);
        Expect(measures, Landmark.Nose, 0.125, 0.5, 0.25, 0.5);

        // The faces' means are 0.0125 and 0.05: neither is above 5 %, neither above 10 % of the inter-ocular distance.
        Expect(measures, null, 0.03125, 0, 0.0625, 0);
        Assert.Equal([0.0125, 0.05], Scores(predicted, actual)[FaceMeasures.MeanError].Select(error => Math.Round(error, 6)));
        Assert.Equal((0.0875 + 0.05) / 2 / 0.1, measures[FaceMeasures.CurveArea], 6);
    }

    [Fact]
    public void A_face_whose_eyes_coincide_counts_by_box_width_only()
    {
        float[] actual = [.. Frontal, .. Profile];
        float[] predicted = [.. actual];
        for (var x = 0; x < 5; x++)
        {
            predicted[10 + x] += 0.5f;
        }

        Assert.Equal([false, true], Scores(predicted, actual)[FaceMeasures.InterOcularError].Select(double.IsNaN));
        Expect(Landmarks(predicted, actual), null, 0.25, 0.5, 0, 0);
    }

    [Fact]
    public void Without_any_inter_ocular_distance_there_is_no_such_error()
    {
        var measures = Landmarks(Profile, Profile);

        Assert.DoesNotContain(FaceMeasures.InterOcularError, measures.Keys);
        Assert.DoesNotContain(FaceMeasures.InterOcularFailureRate, measures.Keys);
        Assert.Contains(FaceMeasures.MeanError, measures.Keys);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused_rather_than_counted_as_a_success(float value)
    {
        float[] predicted = [.. Frontal];
        predicted[3] = value;

        Assert.Contains("'landmarks' is not a finite number", Assert.Throws<CrossStitchException>(() => Scores(predicted, Frontal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_overall_error_is_the_mean_of_the_landmarks_and_its_area_that_under_the_curve()
    {
        Gen.Float[0, 1].Array[40].Select(Gen.Float[0, 0.2f].Array[40]).Sample((actual, off) =>
        {
            float[] predicted = [.. actual.Zip(off, (number, more) => number + more)];
            var measures = Landmarks(predicted, actual);
            var errors = Scores(predicted, actual)[FaceMeasures.MeanError];
            Assert.Equal(Enum.GetValues<Landmark>().Average(landmark => measures[FaceMeasures.Of(landmark, FaceMeasures.MeanError)]), measures[FaceMeasures.MeanError], 9);
            Assert.Equal(errors.Count(error => error > FaceMeasures.FailureThreshold) / 4.0, measures[FaceMeasures.FailureRate], 9);

            const int Steps = 2000;
            var area = Enumerable.Range(0, Steps).Average(i => errors.Count(error => error <= (i + 0.5) * 0.1 / Steps) / 4.0);
            Assert.Equal(area, measures[FaceMeasures.CurveArea], 1e-3);
        }, iter: 20);
    }

    [Fact]
    public void Two_classes_by_hand()
    {
        var evaluation = OfAttribute("glasses", [0, 0, 0, 1, 1], [0, 0, 0, 0, 1]);

        Assert.Equal([3, 1], evaluation.Confusion["glasses"][0]);
        Assert.Equal([0, 1], evaluation.Confusion["glasses"][1]);
        Assert.Equal(0.8, evaluation.Overall.Measures["glasses_accuracy"], 12);
        Assert.Equal((0.75 + 1) / 2, evaluation.Overall.Measures["glasses_balanced_accuracy"], 12);
        Assert.Equal(["glasses_accuracy", "glasses_balanced_accuracy"], evaluation.Overall.Measures.Keys);
    }

    [Fact]
    public void Classes_without_a_face_do_not_weigh_on_the_balanced_accuracy()
    {
        var evaluation = OfAttribute("pose", [2, 3, 4], [2, 2, 4]);

        Assert.Equal([0, 0, 1, 1, 0], evaluation.Confusion["pose"][2]);
        Assert.Equal((0.5 + 1) / 2, evaluation.Overall.Measures["pose_balanced_accuracy"], 12);
    }

    [Fact]
    public void Always_predicting_the_commonest_class_is_no_better_than_chance_when_balanced()
    {
        var evaluation = OfAttribute("smile", new int[100], [.. Enumerable.Repeat(0, 92), .. Enumerable.Repeat(1, 8)]);

        Assert.Equal(0.92, evaluation.Overall.Measures["smile_accuracy"], 12);
        Assert.Equal(0.5, evaluation.Overall.Measures["smile_balanced_accuracy"], 12);
    }

    [Fact]
    public void Each_pose_and_each_box_source_is_measured_apart()
    {
        // Only the second face is wrong: all its points are 0.1 to the right, and its pose is another.
        var faces = Faces([.. Frontal, .. Frontal, .. Frontal], pose => pose == 2 ? (byte)4 : (byte)2, i => i == 1 ? BoxSource.Reference : BoxSource.Detector);
        float[] predicted = [.. Frontal, .. Frontal.Select((number, i) => i < 5 ? number + 0.1f : number), .. Frontal];
        var evaluation = Measured(faces, new() { ["landmarks"] = predicted, ["pose"] = Hot(5, 2, 3, 4) });

        Assert.Equal(0.1 / 3, evaluation.Overall.Measures["mean_error"], 6);
        Assert.Equal(["0°", "60°"], evaluation.Groups["pose"].Keys);
        Assert.Equal(0.05, evaluation.Groups["pose"]["0°"].Measures["mean_error"], 6);
        Assert.Equal(0, evaluation.Groups["pose"]["60°"].Measures["mean_error"], 6);
        Assert.Equal(2, evaluation.Groups["box"]["from a detector"].Examples);
        Assert.Equal(0.1, evaluation.Groups["box"]["from the true landmarks"].Measures["mean_error"], 6);
        Assert.Equal(0.5, evaluation.Groups["pose"]["0°"].Measures["pose_accuracy"], 6);
        Assert.Equal(1, evaluation.Groups["box"]["from a detector"].Measures["pose_accuracy"], 6);
    }

    private static void Expect(IReadOnlyDictionary<string, double> measures, Landmark? landmark, params double[] expected) => Assert.All(
        OfAll.Zip(expected),
        pair => Assert.Equal(pair.Second, measures[landmark is { } one ? FaceMeasures.Of(one, pair.First) : pair.First], 6));

    private static IReadOnlyDictionary<string, double> Landmarks(float[] predicted, float[] actual) =>
        Measured(Faces(actual), new() { ["landmarks"] = predicted }).Overall.Measures;

    private static ScoreTable Scores(float[] predicted, float[] actual) =>
        ScoreTable.Of(FaceMeasures.All, new Dictionary<string, float[]> { ["landmarks"] = predicted }, Labels(Faces(actual)));

    private static Evaluation OfAttribute(string attribute, int[] predicted, int[] actual)
    {
        var place = FaceAttribute.All.ToList().FindIndex(one => one.Name == attribute);
        var faces = new FaceCropSet(new CropSettings(1, 0), [.. actual.Select(value => Face(FaceLandmarks.FromNumbers(Frontal), Attributes(place, (byte)value)))], new byte[actual.Length]);
        return Measured(faces, new() { [attribute] = Hot(FaceAttribute.All[place].Classes.Count, predicted) });
    }

    private static Evaluation Measured(FaceCropSet faces, Dictionary<string, float[]> outputs)
    {
        var labels = Labels(faces);
        return Evaluation.Of(FaceMeasures.All, ScoreTable.Of(FaceMeasures.All, outputs, labels), labels.Examples, Predictions.Of(outputs, FaceTasks.All));
    }

    private static ExampleLabels Labels(FaceCropSet faces) => ExampleLabels.Of(new FaceData(faces), FaceTasks.All, new TowerShape([1, 1, 1], [new DenseStage("fc", 1)]));

    private static FaceCropSet Faces(float[] landmarks, Func<int, byte>? pose = null, Func<int, BoxSource>? source = null) => new(
        new CropSettings(1, 0),
        [.. landmarks.Chunk(10).Select((numbers, i) => Face(FaceLandmarks.FromNumbers(numbers), Attributes(0, pose?.Invoke(i) ?? 2), source?.Invoke(i) ?? BoxSource.Detector))],
        new byte[landmarks.Length / 10]);

    private static FaceAttributes Attributes(int place, byte value)
    {
        var classes = new byte[FaceAttribute.All.Count];
        classes[place] = value;
        return new FaceAttributes(classes);
    }

    private static FaceCrop Face(FaceLandmarks landmarks, FaceAttributes attributes, BoxSource source = BoxSource.Detector) =>
        new("a.jpg", new FaceBox(50, 50, 40, source), landmarks, attributes);

    private static float[] Hot(int classes, params int[] predicted) =>
        [.. predicted.SelectMany(value => Enumerable.Range(0, classes).Select(place => place == value ? 1f : 0f))];
}
