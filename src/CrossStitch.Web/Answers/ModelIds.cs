namespace CrossStitch.Web.Answers;

/// <summary>Which models gave an answer: the first twelve hexadecimal digits of their files' SHA-256.</summary>
/// <param name="Finder">What finds the faces.</param>
/// <param name="Reader">What reads them.</param>
public sealed record ModelIds(string Finder, string Reader);
