using CrossStitch.Faces.Training.Metrics;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Metrics;

public class LandmarkEvaluationTests
{
    // Eyes half a box apart, at the same height.
    private static readonly float[] Frontal = [0.25f, 0.75f, 0.5f, 0.375f, 0.625f, 0.375f, 0.375f, 0.625f, 0.75f, 0.75f];

    // The eyes of a full profile coincide.
    private static readonly float[] Profile = [0.25f, 0.25f, 0.125f, 0.25f, 0.25f, 0.375f, 0.375f, 0.625f, 0.75f, 0.75f];

    [Fact]
    public void A_perfect_prediction_has_no_error_and_the_whole_area()
    {
        var evaluation = LandmarkEvaluation.Measure(Frontal, Frontal);

        Assert.Equal(new LandmarkError(0, 0, 0, 0), evaluation.Overall);
        Assert.All(evaluation.Landmarks, landmark => Assert.Equal(evaluation.Overall, landmark));
        Assert.Equal(1, evaluation.CurveArea, 12);
    }

    [Fact]
    public void Two_faces_by_hand()
    {
        // First face: the left eye is off by (0.0375, 0.05), 0.0625 long. Second: the nose by 0.25 down; all else is right.
        float[] actual = [.. Frontal, .. Frontal];
        float[] predicted = [.. Frontal, .. Frontal];
        predicted[0] += 0.0375f;
        predicted[5] += 0.05f;
        predicted[10 + 7] += 0.25f;

        var evaluation = LandmarkEvaluation.Measure(predicted, actual);

        // The left eye: 0.0625 on one face and 0 on the other; in inter-ocular distances (0.5) twice that.
        Expect(0.03125, 0.5, 0.0625, 0.5, evaluation.Landmarks[0]);
        Expect(0, 0, 0, 0, evaluation.Landmarks[1]);
        Expect(0.125, 0.5, 0.25, 0.5, evaluation.Landmarks[2]);

        // The faces' means are 0.0125 and 0.05: neither is above 5 %, neither above 10 % of the inter-ocular distance.
        Expect(0.03125, 0, 0.0625, 0, evaluation.Overall);
        Assert.Equal([0.0125, 0.05], evaluation.Curve.SortedErrors.Select(error => Math.Round(error, 6)));
        Assert.Equal((0.0875 + 0.05) / 2 / 0.1, evaluation.CurveArea, 6);
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

        var evaluation = LandmarkEvaluation.Measure(predicted, actual);

        Assert.Equal(2, evaluation.Faces);
        Assert.Equal(1, evaluation.InterOcularFaces);
        Expect(0.25, 0.5, 0, 0, evaluation.Overall);
    }

    [Fact]
    public void Without_any_inter_ocular_distance_there_is_no_such_error()
    {
        var evaluation = LandmarkEvaluation.Measure(Profile, Profile);

        Assert.Null(evaluation.Overall.InterOcularError);
        Assert.Null(evaluation.Overall.InterOcularFailureRate);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused_rather_than_counted_as_a_success(float value)
    {
        float[] predicted = [.. Frontal];
        predicted[3] = value;

        Assert.Throws<ArgumentException>(() => LandmarkEvaluation.Measure(predicted, Frontal));
    }

    [Fact]
    public void Other_than_ten_numbers_a_face_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LandmarkEvaluation.Measure(new float[9], new float[9]));
        Assert.Throws<ArgumentException>(() => LandmarkEvaluation.Measure(new float[10], new float[20]));
        Assert.Throws<ArgumentException>(() => LandmarkEvaluation.Measure([], []));
    }

    [Fact]
    public void The_overall_error_is_the_mean_of_the_landmarks()
    {
        Gen.Float[0, 1].Array[40].Select(Gen.Float[0, 1].Array[40]).Sample((predicted, actual) =>
        {
            var evaluation = LandmarkEvaluation.Measure(predicted, actual);
            Assert.Equal(evaluation.Landmarks.Average(landmark => landmark.MeanError), evaluation.Overall.MeanError, 9);
            Assert.Equal(evaluation.Overall.FailureRate, 1 - evaluation.Curve.ShareWithin(LandmarkEvaluation.FailureThreshold), 9);
        });
    }

    private static void Expect(double mean, double failure, double interOcular, double interOcularFailure, LandmarkError error)
    {
        Assert.Equal(mean, error.MeanError, 6);
        Assert.Equal(failure, error.FailureRate, 6);
        Assert.Equal(interOcular, error.InterOcularError!.Value, 6);
        Assert.Equal(interOcularFailure, error.InterOcularFailureRate!.Value, 6);
    }
}
