namespace CrossStitch.Web.Runs;

/// <summary>What was measured after each epoch.</summary>
/// <param name="Group">With which others it is drawn, such as <c>losses</c>.</param>
/// <param name="Name">What it is, such as a task.</param>
/// <param name="Values">A value an epoch; null where there was none.</param>
public sealed record CurveAnswer(string Group, string Name, IReadOnlyList<double?> Values);
