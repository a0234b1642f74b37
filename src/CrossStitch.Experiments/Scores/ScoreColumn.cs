namespace CrossStitch.Experiments.Scores;

/// <summary>A column of a table that compares networks: one measure, or two above each other.</summary>
/// <param name="Header">Its head.</param>
/// <param name="First">The name of the measure.</param>
/// <param name="Second">The name of the other one; null for none.</param>
/// <param name="IsDetail">Whether a page shows it among the details only.</param>
public sealed record ScoreColumn(string Header, string First, string? Second = null, bool IsDetail = false);
