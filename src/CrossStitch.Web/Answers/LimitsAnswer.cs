namespace CrossStitch.Web.Answers;

/// <summary>What a photo may be.</summary>
/// <param name="Bytes">The most bytes of its file.</param>
/// <param name="Pixels">Its most pixels.</param>
/// <param name="Batch">The most photos of a batch.</param>
/// <param name="Types">The media types that are decoded.</param>
public sealed record LimitsAnswer(int Bytes, int Pixels, int Batch, IReadOnlyList<string> Types);
