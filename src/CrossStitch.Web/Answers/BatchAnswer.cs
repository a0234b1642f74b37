using CrossStitch.Web.Problems;

namespace CrossStitch.Web.Answers;

/// <summary>A photo of a batch: its faces, or why there are none.</summary>
/// <param name="Index">Which photo of the batch, from 0.</param>
/// <param name="Photo">Its file's name, as the client calls it.</param>
/// <param name="Result">Its faces; absent where it was refused.</param>
/// <param name="Problem">Why it was refused; absent where it was not.</param>
public sealed record BatchAnswer(int Index, string? Photo, PhotoAnswer? Result, ProblemAnswer? Problem);
