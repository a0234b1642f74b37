namespace CrossStitch.Web.Answers;

/// <summary>What the network predicts of an attribute.</summary>
/// <typeparam name="T">Of its values.</typeparam>
/// <param name="Value">The likeliest value.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Probabilities">Of every value, by name; together 1.</param>
public sealed record PredictionAnswer<T>(T Value, float Probability, IReadOnlyDictionary<string, float> Probabilities);
