namespace CrossStitch.Web.Answers;

/// <summary>What the server runs, and what it allows.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Finder">What finds faces.</param>
/// <param name="Reader">What reads them.</param>
/// <param name="Limits">What is allowed.</param>
/// <param name="Runs">Whether it also shows training runs.</param>
public sealed record ServerAnswer(string Version, FinderAnswer Finder, ReaderAnswer Reader, LimitsAnswer Limits, bool Runs);
