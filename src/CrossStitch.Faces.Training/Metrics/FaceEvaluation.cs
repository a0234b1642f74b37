using System.Text.Json.Serialization;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Metrics;

/// <summary>How well a set of faces was predicted: all of them, each pose's, and each box source's.</summary>
/// <param name="Overall">All faces.</param>
/// <param name="ByPose">The faces of each true pose that occurs, by the name of its class.</param>
/// <param name="BySource">The faces of each box source that occurs.</param>
public sealed record FaceEvaluation(
    FaceGroupEvaluation Overall,
    IReadOnlyDictionary<string, FaceGroupEvaluation> ByPose,
    IReadOnlyDictionary<BoxSource, FaceGroupEvaluation> BySource)
{
    // What the poses were called in files of version 0.1.0.
    private static readonly string[] FirstPoseNames = ["left-profile", "left", "frontal", "right", "right-profile"];

    /// <summary>The faces of each true pose that occurs, by the name of its class.</summary>
    public IReadOnlyDictionary<string, FaceGroupEvaluation> ByPose { get; } = ByPose.ToDictionary(group => PoseName(group.Key), group => group.Value);

    /// <summary>How many of the faces the model had seen in training; the figures do not say how it does on new ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SeenInTraining { get; init; }

    /// <summary>Measures predictions against what is known of the faces.</summary>
    /// <param name="faces">The faces: true landmarks in box units, attributes, boxes.</param>
    /// <param name="predictions">What a model predicts for them, in the same order.</param>
    /// <exception cref="ArgumentException">
    /// There is no face, the predictions are not for as many faces, a predicted number is not finite, or no attribute has a name.
    /// </exception>
    public static FaceEvaluation Measure(IReadOnlyList<FaceCrop> faces, FacePredictions predictions)
    {
        Check(predictions.Landmarks?.Length, FaceLandmarks.Numbers, faces.Count, nameof(FacePredictions.Landmarks));
        foreach (var (name, classes) in predictions.Attributes)
        {
            Check(classes.Length, 1, faces.Count, name);
        }

        var all = Enumerable.Range(0, faces.Count).ToArray();
        return new FaceEvaluation(
            MeasureGroup(faces, predictions, all),
            MeasureEach(face => face.Attributes[FaceAttribute.Pose], pose => FaceAttribute.Pose.Classes[pose]),
            MeasureEach(face => face.Box.Source, source => source));

        Dictionary<TName, FaceGroupEvaluation> MeasureEach<TKey, TName>(Func<FaceCrop, TKey> key, Func<TKey, TName> name)
            where TName : notnull =>
            all.GroupBy(i => key(faces[i])).OrderBy(group => group.Key)
                .ToDictionary(group => name(group.Key), group => MeasureGroup(faces, predictions, [.. group]));
    }

    private static string PoseName(string name) => Array.IndexOf(FirstPoseNames, name) is >= 0 and var pose ? FaceAttribute.Pose.Classes[pose] : name;

    private static void Check(int? length, int numbers, int faces, string name)
    {
        if (faces == 0 || (length is { } given && given != (long)numbers * faces))
        {
            throw new ArgumentException($"{name}: {length} predicted numbers are not {numbers} each for {faces} faces.");
        }
    }

    private static FaceGroupEvaluation MeasureGroup(IReadOnlyList<FaceCrop> faces, FacePredictions predictions, int[] group) => new(
        group.Length,
        MeasureLandmarks(faces, predictions.Landmarks, group),
        predictions.Attributes.Keys.Select(FaceAttribute.Named).ToDictionary(
            attribute => attribute.Name,
            attribute => AttributeEvaluation.Measure(
                Array.ConvertAll(group, i => predictions.Attributes[attribute.Name][i]),
                Array.ConvertAll(group, i => faces[i].Attributes[attribute]),
                attribute.Classes.Count)));

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
