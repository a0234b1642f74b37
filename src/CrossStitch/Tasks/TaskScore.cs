namespace CrossStitch.Tasks;

/// <summary>What a task's score of an example is: how well it was predicted, in a number for people.</summary>
/// <param name="Name">Names it in files: <c>error</c>, <c>accuracy</c>.</param>
/// <param name="Title">Names it in tables.</param>
/// <param name="HigherIsBetter">Whether a higher score is the better one.</param>
/// <param name="IsShare">Whether it lies from 0 to 1, and so is shown in %.</param>
public sealed record TaskScore(string Name, string Title, bool HigherIsBetter, bool IsShare)
{
    /// <summary>How far a prediction is from its label: lower is better, in the label's unit.</summary>
    public static TaskScore Error { get; } = new("error", "Error", HigherIsBetter: false, IsShare: false);

    /// <summary>Whether a prediction is right: 1 or 0.</summary>
    public static TaskScore Accuracy { get; } = new("accuracy", "Accuracy", HigherIsBetter: true, IsShare: true);
}
