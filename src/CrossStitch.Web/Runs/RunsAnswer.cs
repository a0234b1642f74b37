namespace CrossStitch.Web.Runs;

/// <summary>The runs of a folder.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Report">Whether there is a report.</param>
/// <param name="Runs">The runs.</param>
public sealed record RunsAnswer(string Name, bool Report, IReadOnlyList<RunSummary> Runs);
