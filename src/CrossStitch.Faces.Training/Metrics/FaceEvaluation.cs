using System.Text.Json.Serialization;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Metrics;

/// <summary>How well a set of faces was predicted: all of them, each pose's, and each box source's.</summary>
/// <param name="Overall">All faces.</param>
/// <param name="ByPose">The faces of each true pose that occurs.</param>
/// <param name="BySource">The faces of each box source that occurs.</param>
public sealed record FaceEvaluation(
    FaceGroupEvaluation Overall,
    IReadOnlyDictionary<HeadPose, FaceGroupEvaluation> ByPose,
    IReadOnlyDictionary<BoxSource, FaceGroupEvaluation> BySource)
{
    /// <summary>How many of the faces the model had seen in training; the figures do not say how it does on new ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SeenInTraining { get; init; }

    /// <summary>Measures predictions against what is known of the faces.</summary>
    /// <param name="faces">The faces: true landmarks in box units, attributes, boxes.</param>
    /// <param name="predictions">What a model predicts for them, in the same order.</param>
    /// <exception cref="ArgumentException">
    /// There is no face, the predictions are not for as many faces, or a predicted number is not finite.
    /// </exception>
    public static FaceEvaluation Measure(IReadOnlyList<FaceCrop> faces, FacePredictions predictions)
    {
        Check(predictions.Landmarks?.Length, FaceLandmarks.Numbers, faces.Count, nameof(FacePredictions.Landmarks));
        Check(predictions.Pose?.Length, 1, faces.Count, nameof(FacePredictions.Pose));
        Check(predictions.Gender?.Length, 1, faces.Count, nameof(FacePredictions.Gender));
        Check(predictions.Glasses?.Length, 1, faces.Count, nameof(FacePredictions.Glasses));
        Check(predictions.Smile?.Length, 1, faces.Count, nameof(FacePredictions.Smile));

        var all = Enumerable.Range(0, faces.Count).ToArray();
        return new FaceEvaluation(
            MeasureGroup(faces, predictions, all),
            MeasureEach(face => face.Attributes.Pose),
            MeasureEach(face => face.Box.Source));

        SortedDictionary<T, FaceGroupEvaluation> MeasureEach<T>(Func<FaceCrop, T> key)
            where T : struct, Enum =>
            new(all.GroupBy(i => key(faces[i])).ToDictionary(
                group => group.Key, group => MeasureGroup(faces, predictions, [.. group])));
    }

    private static void Check(int? length, int numbers, int faces, string name)
    {
        if (faces == 0 || (length is { } given && given != (long)numbers * faces))
        {
            throw new ArgumentException($"{name}: {length} predicted numbers are not {numbers} each for {faces} faces.");
        }
    }

    private static FaceGroupEvaluation MeasureGroup(IReadOnlyList<FaceCrop> faces, FacePredictions predictions, int[] group)
    {
        return new FaceGroupEvaluation(
            group.Length,
            MeasureLandmarks(faces, predictions.Landmarks, group),
            Measure(predictions.Pose, attributes => (int)attributes.Pose, Enum.GetValues<HeadPose>().Length),
            Measure(predictions.Gender, attributes => (int)attributes.Gender, Enum.GetValues<Gender>().Length),
            Measure(predictions.Glasses, attributes => attributes.Glasses ? 1 : 0, 2),
            Measure(predictions.Smile, attributes => attributes.Smile ? 1 : 0, 2));

        AttributeEvaluation? Measure(int[]? predicted, Func<FaceAttributes, int> truth, int classes) => predicted is null
            ? null
            : AttributeEvaluation.Measure(
                Array.ConvertAll(group, i => predicted[i]),
                Array.ConvertAll(group, i => truth(faces[i].Attributes)),
                classes);
    }

    private static LandmarkEvaluation? MeasureLandmarks(IReadOnlyList<FaceCrop> faces, float[]? predicted, int[] group)
    {
        if (predicted is null)
        {
            return null;
        }

        var guesses = new float[group.Length * FaceLandmarks.Numbers];
        var truths = new float[guesses.Length];
        for (var i = 0; i < group.Length; i++)
        {
            predicted.AsSpan(group[i] * FaceLandmarks.Numbers, FaceLandmarks.Numbers).CopyTo(guesses.AsSpan(i * FaceLandmarks.Numbers));
            faces[group[i]].Landmarks.CopyTo(truths.AsSpan(i * FaceLandmarks.Numbers));
        }

        return LandmarkEvaluation.Measure(guesses, truths);
    }
}
