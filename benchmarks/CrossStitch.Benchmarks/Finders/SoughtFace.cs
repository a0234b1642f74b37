namespace CrossStitch.Benchmarks.Finders;

/// <summary>A face that had to be found.</summary>
/// <param name="Face">The face.</param>
/// <param name="Score">The score of the box that it was found by; null if by none.</param>
internal sealed record SoughtFace(ExpectedFace Face, float? Score);
