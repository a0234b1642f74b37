namespace CrossStitch.Web.Problems;

/// <summary>Why a request was refused, in the form of RFC 9457.</summary>
/// <param name="Type">Always <c>about:blank</c>: the status and <paramref name="Code"/> say what it is.</param>
/// <param name="Title">What, in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, and what to do, for people.</param>
/// <param name="Code">The same in one word, for programs: one of <see cref="ProblemCode"/>.</param>
public sealed record ProblemAnswer(string Type, string Title, int Status, string Detail, string Code);
