namespace CrossStitch.Cli.Photos;

/// <summary>A photo that was read, or why it was not: one of the two.</summary>
/// <param name="Photo">What came of it.</param>
/// <param name="Problem">Why nothing did, in one line.</param>
internal readonly record struct PhotoOutcome(ReadPhoto? Photo, string? Problem);
