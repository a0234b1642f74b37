namespace CrossStitch.Experiments.Statistics;

/// <summary>A range that holds what is estimated, with the confidence that its owner states.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public sealed record Interval(double Low, double High);
