namespace CrossStitch.Fuzz.Runs;

/// <summary>A fault that was found.</summary>
/// <param name="Count">By how many inputs.</param>
/// <param name="File">Where one of them lies.</param>
internal sealed record FoundFault(long Count, string? File);
