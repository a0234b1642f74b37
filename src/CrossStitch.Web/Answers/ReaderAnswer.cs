namespace CrossStitch.Web.Answers;

/// <summary>What reads faces.</summary>
/// <param name="Id">The first twelve hexadecimal digits of its file's SHA-256.</param>
/// <param name="Tasks">What it predicts: <c>landmarks</c>, and attributes.</param>
public sealed record ReaderAnswer(string Id, IReadOnlyList<string> Tasks);
