namespace CrossStitch.Experiments.Scores;

/// <summary>A table of an evaluation: measures in rows and columns.</summary>
/// <param name="Head">What the rows are.</param>
/// <param name="Columns">The heads of the columns.</param>
/// <param name="Rows">What each row is called, and the names of its measures.</param>
public sealed record MeasureTable(string Head, IReadOnlyList<string> Columns, IReadOnlyList<(string Name, IReadOnlyList<string> Measures)> Rows);
