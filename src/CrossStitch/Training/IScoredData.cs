namespace CrossStitch.Training;

/// <summary>Labelled examples that measure predictions in their own terms, beside the tasks' losses.</summary>
public interface IScoredData : ILabelledData
{
    /// <summary>Measures what a network predicts for every example.</summary>
    /// <param name="predictions">By task name: [examples × outputs], row by row.</param>
    /// <returns>Scores by name: what a person watches during training. Empty where nothing can be measured.</returns>
    IReadOnlyDictionary<string, double> Score(IReadOnlyDictionary<string, float[]> predictions);
}
