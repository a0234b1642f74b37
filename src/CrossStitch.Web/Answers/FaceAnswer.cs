using CrossStitch.Faces.Reading;

namespace CrossStitch.Web.Answers;

/// <summary>A face. An attribute that the model does not predict is absent.</summary>
/// <param name="Box">Its square.</param>
/// <param name="Score">How sure the finder is: 0 to 1.</param>
/// <param name="Landmarks">Its five points.</param>
/// <param name="Pose">How the head is turned: <c>left-profile</c> (−60°), <c>left</c>, <c>frontal</c>, <c>right</c> or <c>right-profile</c>.</param>
/// <param name="Gender"><c>male</c> or <c>female</c>.</param>
/// <param name="Glasses">Whether it wears glasses.</param>
/// <param name="Smile">Whether it smiles.</param>
public sealed record FaceAnswer(
    BoxAnswer Box,
    float Score,
    LandmarksAnswer Landmarks,
    PredictionAnswer<string>? Pose,
    PredictionAnswer<string>? Gender,
    PredictionAnswer<bool>? Glasses,
    PredictionAnswer<bool>? Smile)
{
    private static readonly string[] Poses = ["left-profile", "left", "frontal", "right", "right-profile"];
    private static readonly string[] Genders = ["male", "female"];
    private static readonly string[] NoYes = ["no", "yes"];

    /// <summary>A face as it is answered.</summary>
    /// <param name="face">The face.</param>
    public static FaceAnswer Of(Face face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return new FaceAnswer(
            new BoxAnswer(face.Box.Left, face.Box.Top, face.Box.Side),
            face.Score,
            LandmarksAnswer.Of(face.Landmarks),
            Of(face.Pose, pose => Poses[(int)pose], Poses),
            Of(face.Gender, gender => Genders[(int)gender], Genders),
            Of(face.Glasses, worn => worn, NoYes),
            Of(face.Smile, smiles => smiles, NoYes));
    }

    private static PredictionAnswer<TShown>? Of<TValue, TShown>(Prediction<TValue>? prediction, Func<TValue, TShown> show, string[] names)
        where TValue : struct =>
        prediction is null ? null : new PredictionAnswer<TShown>(
            show(prediction.Value),
            prediction.Probability,
            new Dictionary<string, float>(names.Select((name, i) => KeyValuePair.Create(name, prediction.Probabilities[i]))));
}
