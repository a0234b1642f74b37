namespace CrossStitch.Web.Answers;

/// <summary>What finds faces.</summary>
/// <param name="Id">The first twelve hexadecimal digits of its file's SHA-256.</param>
/// <param name="Threshold">The score from which on it reports a face.</param>
public sealed record FinderAnswer(string Id, float Threshold);
